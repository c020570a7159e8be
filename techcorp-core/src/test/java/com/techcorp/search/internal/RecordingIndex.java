package com.techcorp.search.internal;

import com.techcorp.search.IndexOptions;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.Suggestion;
import com.techcorp.search.spi.IndexWrite;
import com.techcorp.search.spi.SearchAnswer;
import com.techcorp.search.spi.SearchIndex;
import com.techcorp.search.spi.SearchPlan;
import com.techcorp.search.spi.StoredEntry;
import com.techcorp.search.spi.WriteResult;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An engine that finds three products for each query, and notes what it is asked to do. */
class RecordingIndex implements SearchIndex {
  private static final int FOUND = 3;

  final List<String> calls;
  volatile @Nullable RuntimeException fault;

  RecordingIndex(List<String> calls) {
    this.calls = calls;
  }

  private void called(String what) {
    calls.add(what);
    RuntimeException now = fault;
    if (now != null) {
      throw now;
    }
  }

  @Override
  public String open(IndexOptions settings) {
    called("open");
    return "products-1";
  }

  @Override
  public Optional<String> copyId() {
    return Optional.empty();
  }

  @Override
  public SearchAnswer search(SearchPlan plan) {
    called("query");
    List<SearchAnswer.Found> hits = new ArrayList<>();
    for (int i = 0; i < FOUND; i++) {
      UUID id = new UUID(0, i);
      hits.add(
          new SearchAnswer.Found(
              ProductDocument.builder(id, "Shirt", BigDecimal.ONE, Instant.EPOCH).build(),
              List.of(1.0, 0.0, id.toString()),
              Map.of()));
    }
    return new SearchAnswer(hits, FOUND, List.of());
  }

  @Override
  public List<Suggestion> suggest(String typed, int limit) {
    called("suggest");
    return List.of();
  }

  @Override
  public Map<String, String> corrections(Set<String> words) {
    return Map.of();
  }

  @Override
  public String openSnapshot(Duration keep) {
    called("snapshot");
    return "snapshot";
  }

  @Override
  public List<WriteResult> write(String target, List<? extends IndexWrite> writes) {
    called("write");
    return Collections.nCopies(writes.size(), new WriteResult.Written());
  }

  @Override
  public void refresh(String target) {
    called("refresh " + target);
  }

  @Override
  public Map<UUID, StoredEntry> read(String target, Collection<UUID> products) {
    return Map.of();
  }

  @Override
  public List<StoredEntry> scan(String target, @Nullable UUID after, int limit) {
    return List.of();
  }

  @Override
  public long count(String target) {
    return FOUND;
  }

  @Override
  public int purgeTombstones(String target, Instant deletedBefore, int limit) {
    return 0;
  }

  @Override
  public Set<String> targets() {
    return Set.of("products-1");
  }

  @Override
  public String current() {
    return "products-1";
  }

  @Override
  public void create(String target) {
    throw new UnsupportedOperationException(target);
  }

  @Override
  public void makeCurrent(String target) {
    throw new UnsupportedOperationException(target);
  }

  @Override
  public void delete(String target) {
    throw new UnsupportedOperationException(target);
  }

  @Override
  public void close() {
    calls.add("close");
  }
}
