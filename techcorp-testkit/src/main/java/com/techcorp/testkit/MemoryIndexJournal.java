package com.techcorp.testkit;

import com.techcorp.search.ProductSource;
import com.techcorp.search.spi.IndexJournal;
import com.techcorp.search.spi.Readings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Versions, targets and progress of indexing, in memory. Thread-safe. */
public final class MemoryIndexJournal implements IndexJournal {
  private static final int STRIPES = 256;
  private static final int KEY_LENGTH = 32;

  private final InstantSource clock;
  private final List<ReentrantLock> stripes;
  private final Map<String, Map<String, Target>> targets = new HashMap<>();
  private final Map<String, Claimed> rebuilds = new HashMap<>();
  private final Map<String, Long> generations = new HashMap<>();
  private final byte[] cursorKey = new byte[KEY_LENGTH];
  private long last;

  private record Claimed(Rebuild rebuild, Instant until) {}

  /**
   * Creates a journal that has given no version.
   *
   * @param clock its time
   */
  public MemoryIndexJournal(InstantSource clock) {
    this.clock = clock;
    this.stripes = Stream.generate(ReentrantLock::new).limit(STRIPES).toList();
    new SecureRandom().nextBytes(cursorKey);
  }

  @Override
  public Turn turn(String instance, Collection<UUID> products, ProductSource source) {
    Set<UUID> distinct = new LinkedHashSet<>(products);
    Deque<ReentrantLock> held = lock(distinct);
    try {
      Readings read = Readings.of(distinct, source);
      return given(instance, distinct, read);
    } finally {
      held.forEach(ReentrantLock::unlock);
    }
  }

  /** In the order of the stripes, so that no two turns wait for each other. */
  private Deque<ReentrantLock> lock(Set<UUID> products) {
    Set<Integer> places = new TreeSet<>();
    products.forEach(product -> places.add(Math.floorMod(product.hashCode(), STRIPES)));
    Deque<ReentrantLock> held = new ArrayDeque<>();
    for (int place : places) {
      stripes.get(place).lock();
      held.push(stripes.get(place));
    }
    return held;
  }

  private synchronized Turn given(String instance, Set<UUID> products, Readings read) {
    Instant now = now();
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
    long version = Math.max(last, micros - products.size());
    Map<UUID, Reading> readings = new HashMap<>();
    for (UUID product : products) {
      readings.put(product, read.of(product, ++version));
    }
    last = version;
    return new Turn(readings, Set.copyOf(targets.getOrDefault(instance, Map.of()).keySet()), now);
  }

  @Override
  public synchronized long lastVersion() {
    return last;
  }

  @Override
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public synchronized List<Target> targets(String instance) {
    return targets.getOrDefault(instance, Map.of()).values().stream()
        .sorted(Comparator.comparing(Target::name))
        .toList();
  }

  @Override
  public synchronized void register(String instance, Target target) {
    targets
        .computeIfAbsent(instance, name -> new TreeMap<>())
        .put(target.name(), new Target(target.name(), target.role(), now()));
  }

  @Override
  public synchronized void remove(String instance, String target) {
    targets.getOrDefault(instance, new TreeMap<>()).remove(target);
  }

  @Override
  public synchronized Optional<Rebuild> claimRebuild(
      String instance, String owner, Duration lease, String target) {
    Claimed before = rebuilds.get(instance);
    if (before != null && before.until().isAfter(now())) {
      return Optional.empty();
    }
    Rebuild rebuild =
        before == null
            ? new Rebuild(target, null, 0, now(), owner)
            : new Rebuild(
                before.rebuild().target(),
                before.rebuild().after(),
                before.rebuild().done(),
                before.rebuild().startedAt(),
                owner);
    rebuilds.put(instance, new Claimed(rebuild, now().plus(lease)));
    return Optional.of(rebuild);
  }

  @Override
  public synchronized boolean progress(
      String instance, String owner, Duration lease, @Nullable UUID after, long done) {
    Claimed before = rebuilds.get(instance);
    if (before == null || !before.rebuild().owner().equals(owner)) {
      return false;
    }
    Rebuild rebuild =
        new Rebuild(before.rebuild().target(), after, done, before.rebuild().startedAt(), owner);
    rebuilds.put(instance, new Claimed(rebuild, now().plus(lease)));
    return true;
  }

  @Override
  public synchronized boolean endRebuild(String instance, String owner) {
    Claimed before = rebuilds.get(instance);
    return before != null
        && before.rebuild().owner().equals(owner)
        && rebuilds.remove(instance, before);
  }

  @Override
  public synchronized Optional<Rebuild> rebuild(String instance) {
    return Optional.ofNullable(rebuilds.get(instance)).map(Claimed::rebuild);
  }

  @Override
  public synchronized long generation(String instance) {
    return generations.getOrDefault(instance, 0L);
  }

  @Override
  public synchronized long nextGeneration(String instance) {
    return generations.merge(instance, 1L, Long::sum);
  }

  @Override
  public byte[] cursorKey() {
    return cursorKey.clone();
  }
}
