package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.NotFoundException;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.spi.IndexWrite;
import com.techcorp.search.spi.SearchIndex;
import com.techcorp.search.spi.StoredEntry;
import com.techcorp.search.spi.WriteResult;
import com.techcorp.search.spi.WriteResult.Conflict;
import com.techcorp.search.spi.WriteResult.Written;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The highest version counts, however writes are repeated or overtaken. */
public abstract class SearchIndexVersionsContract extends SearchIndexScenario {
  /** For subclasses. */
  protected SearchIndexVersionsContract() {}

  private @Nullable StoredEntry stored(int number) {
    return index().read(index().current(), List.of(id(number))).get(id(number));
  }

  private static StoredEntry entry(ProductDocument.Builder product, long version) {
    ProductDocument document = product.build();
    return new StoredEntry(document.id(), version, document.json());
  }

  @Test
  void writesNothingOfNoWrites() {
    assertThat(write()).isEmpty();
  }

  @Test
  void anEntryIsTheDocumentByteForByte() {
    ProductDocument.Builder full =
        product(1, "Tênis <b>\"azul\"</b> \u0001 \uD83D\uDC5F", "89.90")
            .description("line\nline\ttab")
            .category("t-shirts")
            .attribute("size", List.of("s", "m"))
            .attribute("color", List.of("blue"))
            .popularity(0.85);

    assertThat(write(put(full, 7))).containsExactly(new Written());

    assertThat(stored(1)).isEqualTo(entry(full, 7));
  }

  @Test
  void aHigherVersionReplacesALowerOne() {
    write(put(product(1, "old"), 7));

    assertThat(write(put(product(1, "new"), 8))).containsExactly(new Written());

    assertThat(stored(1)).isEqualTo(entry(product(1, "new"), 8));
  }

  @Test
  void aLowerOrEqualVersionChangesNothing() {
    write(put(product(1, "new"), 8));

    assertThat(write(put(product(1, "old"), 7))).containsExactly(new Conflict(8));
    assertThat(write(put(product(1, "old"), 8))).containsExactly(new Conflict(8));
    assertThat(write(gone(1, 8))).containsExactly(new Conflict(8));

    assertThat(stored(1)).isEqualTo(entry(product(1, "new"), 8));
  }

  @Test
  void versionsAreComparedAlsoAfterARefresh() {
    write(put(product(1, "new"), 8));
    refresh();

    assertThat(write(put(product(1, "old"), 7))).containsExactly(new Conflict(8));
    assertThat(write(put(product(1, "newer"), 9))).containsExactly(new Written());
    refresh();

    assertThat(stored(1)).isEqualTo(entry(product(1, "newer"), 9));
    assertThat(found(SearchPlans.all())).containsExactly(1);
  }

  /** As texts or as floating-point numbers these would come in another order, or be equal. */
  @Test
  void versionsAreComparedAsWholeNumbers() {
    long large = 1L << 54;
    int number = 0;
    for (long[] pair : new long[][] {{9, 10}, {99, 100}, {large, large + 1}}) {
      number++;
      write(put(product(number, "new"), pair[1]));

      assertThat(write(put(product(number, "old"), pair[0])))
          .containsExactly(new Conflict(pair[1]));
    }
  }

  @Test
  void aTombstoneKeepsAnOlderWriteFromBringingTheProductBack() {
    write(put(product(1, "shirt"), 7));
    assertThat(write(gone(1, 8))).containsExactly(new Written());
    refresh();

    assertThat(write(put(product(1, "shirt"), 7))).containsExactly(new Conflict(8));
    refresh();

    assertThat(stored(1)).isEqualTo(new StoredEntry(id(1), 8, null));
    assertThat(found(SearchPlans.all())).isEmpty();
  }

  @Test
  void aTombstoneOfAnUnknownProductKeepsOlderWritesAway() {
    assertThat(write(gone(1, 8))).containsExactly(new Written());

    assertThat(write(put(product(1, "shirt"), 7))).containsExactly(new Conflict(8));
  }

  @Test
  void aProductComesBackWithAHigherVersion() {
    write(gone(1, 8));

    assertThat(write(put(product(1, "shirt"), 9))).containsExactly(new Written());
    refresh();

    assertThat(found(SearchPlans.words("shirt"))).containsExactly(1);
  }

  @Test
  void eachWriteOfACallStandsForItself() {
    write(put(product(2, "kept"), 10));

    assertThat(write(put(product(1, "one"), 3), put(product(2, "two"), 9), gone(3, 4)))
        .containsExactly(new Written(), new Conflict(10), new Written());

    assertThat(index().read(index().current(), List.of(id(1), id(2), id(3))))
        .isEqualTo(
            Map.of(
                id(1), entry(product(1, "one"), 3),
                id(2), entry(product(2, "kept"), 10),
                id(3), new StoredEntry(id(3), 4, null)));
  }

  @Test
  void aProductTwiceInACallIsRefused() {
    List<IndexWrite> twice = List.of(put(product(1, "one"), 3), gone(1, 4));

    assertThatThrownBy(() -> index().write(index().current(), twice))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(index().read(index().current(), List.of(id(1)))).isEmpty();
  }

  @Test
  void anUnknownTargetIsRefusedAndNotCreated() {
    String unknown = index().current() + "-unknown";
    List<IndexWrite> writes = List.of(put(product(1, "one"), 3));

    assertThatThrownBy(() -> index().write(unknown, writes)).isInstanceOf(NotFoundException.class);

    assertThat(index().targets()).containsExactly(index().current());
  }

  @Test
  void theOrderOfWritesDoesNotMatter() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    Map<UUID, StoredEntry> newest = new HashMap<>();
    List<IndexWrite> writes = new ArrayList<>();
    for (int number = 1; number <= 40; number++) {
      for (int version = 1; version <= 10; version++) {
        IndexWrite write =
            random.nextInt(4) == 0
                ? gone(number, version)
                : put(product(number, "shirt " + version), version);
        writes.add(write);
        String json = write instanceof IndexWrite.Put put ? put.document().json() : null;
        newest.put(id(number), new StoredEntry(id(number), version, json));
      }
    }
    Collections.shuffle(writes, random);

    for (IndexWrite write : writes) {
      if (random.nextInt(20) == 0) {
        refresh();
      }
      write(write);
    }

    assertThat(index().read(index().current(), newest.keySet()))
        .as("seed " + seed)
        .isEqualTo(newest);
  }

  @Test
  void ofManyWritersTheHighestVersionWins() throws Exception {
    SearchIndex index = index();
    String target = index.current();
    List<Integer> products = List.of(1, 2, 3);

    List<Long> written =
        Threads.together(
            4,
            thread ->
                () -> {
                  long count = 0;
                  for (int i = 0; i < 25; i++) {
                    long version = i * 4L + thread + 1;
                    List<WriteResult> results =
                        index.write(
                            target,
                            products.stream()
                                .map(number -> put(product(number, "v " + version), version))
                                .toList());
                    count += results.stream().filter(Written.class::isInstance).count();
                    index.refresh(target);
                  }
                  return count;
                });

    assertThat(index.read(target, products.stream().map(number -> id(number)).toList()))
        .hasSize(3)
        .allSatisfy(
            (product, entry) -> {
              assertThat(entry.version()).isEqualTo(100);
              assertThat(entry.json()).contains("\"v 100\"");
            });
    assertThat(written.stream().mapToLong(Long::longValue).sum()).isBetween(3L, 300L);
  }
}
