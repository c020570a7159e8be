package com.techcorp.search.internal;

import com.techcorp.search.ProductSource;
import com.techcorp.search.spi.IndexJournal;
import com.techcorp.search.spi.Readings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A journal of generations, which notes each move. It rebuilds nothing. */
class GenerationJournal implements IndexJournal {
  private final List<String> calls;
  private long generation;
  private long version;
  @Nullable RuntimeException fault;

  GenerationJournal(List<String> calls) {
    this.calls = calls;
  }

  @Override
  public synchronized long generation(String instance) {
    if (fault != null) {
      throw fault;
    }
    return generation;
  }

  @Override
  public synchronized long nextGeneration(String instance) {
    calls.add("next generation");
    if (fault != null) {
      throw fault;
    }
    return ++generation;
  }

  @Override
  public synchronized Turn turn(String instance, Collection<UUID> products, ProductSource source) {
    Set<UUID> distinct = new LinkedHashSet<>(products);
    Readings read = Readings.of(distinct, source);
    Map<UUID, Reading> readings = new HashMap<>();
    distinct.forEach(product -> readings.put(product, read.of(product, ++version)));
    return new Turn(readings, Set.of("products-1"), now());
  }

  @Override
  public synchronized long lastVersion() {
    return version;
  }

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }

  @Override
  public List<Target> targets(String instance) {
    return List.of(new Target("products-1", Role.CURRENT, Instant.EPOCH));
  }

  @Override
  public void register(String instance, Target target) {}

  @Override
  public void remove(String instance, String target) {}

  @Override
  public Optional<Rebuild> claimRebuild(
      String instance, String owner, Duration lease, String target) {
    return Optional.empty();
  }

  @Override
  public boolean progress(
      String instance, String owner, Duration lease, @Nullable UUID after, long done) {
    return false;
  }

  @Override
  public boolean endRebuild(String instance, String owner) {
    return false;
  }

  @Override
  public Optional<Rebuild> rebuild(String instance) {
    return Optional.empty();
  }

  @Override
  public byte[] cursorKey() {
    return new byte[32];
  }
}
