package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.techcorp.error.NotFoundException;
import com.techcorp.search.spi.IndexWrite;
import com.techcorp.search.spi.SearchIndex;
import com.techcorp.search.spi.StoredEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a target has, when searches see it, and how tombstones end. */
public abstract class SearchIndexEntriesContract extends SearchIndexScenario {
  private static final Instant LATER = TIME.plusSeconds(60);

  /** For subclasses. */
  protected SearchIndexEntriesContract() {}

  private String target() {
    return index().current();
  }

  @Test
  void readsWhatNoRefreshHasMadeVisible() {
    write(put(product(1, "shirt"), 1), gone(2, 1));

    assertThat(index().read(target(), List.of(id(1), id(2), id(3)))).containsOnlyKeys(id(1), id(2));
  }

  @Test
  void readsNothingOfNoProducts() {
    assertThat(index().read(target(), List.of())).isEmpty();
  }

  @Test
  void aSearchSeesWhatWasRefreshed() {
    write(put(product(1, "shirt"), 1));
    refresh();
    assertThat(found(SearchPlans.words("shirt"))).containsExactly(1);

    write(put(product(1, "dress"), 2));
    refresh();

    assertThat(found(SearchPlans.words("shirt"))).isEmpty();
    assertThat(found(SearchPlans.words("dress"))).containsExactly(1);
  }

  @Test
  void aSearchSeesWhatWasWrittenAfterSomeTime() {
    write(put(product(1, "shirt"), 1));

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> found(SearchPlans.words("shirt")).equals(List.of(1)));
  }

  @Test
  void noSearchFindsATombstone() {
    write(put(product(1, "shirt"), 1), put(product(2, "shirt"), 1));
    write(gone(1, 2));
    refresh();

    assertThat(found(SearchPlans.all())).containsExactly(2);
    assertThat(search(SearchPlans.all()).total()).isEqualTo(1);
    assertThat(found(SearchPlans.words("shirt"))).containsExactly(2);
  }

  @Test
  void countsProductsWithoutTombstones() {
    assertThat(index().count(target())).isZero();

    write(put(product(1, "shirt"), 1), put(product(2, "shirt"), 1), put(product(3, "shirt"), 1));
    write(put(product(1, "dress"), 2), gone(2, 2), gone(4, 1));
    refresh();

    assertThat(index().count(target())).isEqualTo(2);
  }

  @Test
  void scansAllEntriesByIdInPages() {
    for (int number : new int[] {5, 3, 9, 1, 7, 2}) {
      write(put(product(number, "shirt"), number));
    }
    refresh();
    write(put(product(9, "dress"), 19), gone(3, 13));
    refresh();

    List<StoredEntry> all = scan(100);

    assertThat(all)
        .extracting(StoredEntry::product)
        .containsExactly(id(1), id(2), id(3), id(5), id(7), id(9));
    assertThat(all).extracting(StoredEntry::version).containsExactly(1L, 2L, 13L, 5L, 7L, 19L);
    assertThat(all.get(2).json()).isNull();
    assertThat(all.get(5).json()).isEqualTo(product(9, "dress").build().json());
    for (int limit = 1; limit <= 7; limit++) {
      assertThat(scan(limit)).as("pages of " + limit).isEqualTo(all);
    }
  }

  /** As signed numbers these ids would come in another order. */
  @Test
  void scansInTheOrderOfTheIdsTexts() {
    List<UUID> ids = new ArrayList<>();
    for (String first : List.of("00000000", "7fffffff", "80000000", "ffffffff")) {
      ids.add(UUID.fromString(first + "-0000-4000-8000-000000000000"));
      ids.add(UUID.fromString(first + "-0000-4000-f000-000000000000"));
    }
    List<IndexWrite> writes = new ArrayList<>();
    ids.forEach(each -> writes.add(new IndexWrite.Tombstone(each, 1, TIME)));
    index().write(target(), writes);
    refresh();

    assertThat(scan(3)).extracting(StoredEntry::product).containsExactlyElementsOf(ids);
  }

  private List<StoredEntry> scan(int limit) {
    List<StoredEntry> all = new ArrayList<>();
    @Nullable UUID after = null;
    while (true) {
      List<StoredEntry> page = index().scan(target(), after, limit);
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page);
      if (page.size() < limit) {
        return all;
      }
      after = page.get(limit - 1).product();
    }
  }

  @Test
  void scansBehindAProductThatIsNotThere() {
    write(put(product(1, "shirt"), 1), put(product(3, "shirt"), 1));
    refresh();

    assertThat(index().scan(target(), id(2), 10))
        .extracting(StoredEntry::product)
        .containsExactly(id(3));
    assertThat(index().scan(target(), id(3), 10)).isEmpty();
  }

  @Test
  void purgesOldTombstones() {
    write(gone(1, 1), put(product(2, "shirt"), 1));
    write(new IndexWrite.Tombstone(id(3), 1, LATER));
    refresh();

    assertThat(index().purgeTombstones(target(), TIME, 10)).isZero();
    assertThat(index().purgeTombstones(target(), LATER, 10)).isEqualTo(1);
    refresh();

    assertThat(index().read(target(), List.of(id(1), id(2), id(3)))).containsOnlyKeys(id(2), id(3));
    assertThat(index().scan(target(), null, 10))
        .extracting(StoredEntry::product)
        .containsExactly(id(2), id(3));
  }

  @Test
  void purgesNoMoreThanItIsTold() {
    write(gone(1, 1), gone(2, 1), gone(3, 1));
    refresh();

    assertThat(index().purgeTombstones(target(), LATER, 2)).isEqualTo(2);
    refresh();
    assertThat(index().read(target(), List.of(id(1), id(2), id(3)))).hasSize(1);
    assertThat(index().purgeTombstones(target(), LATER, 2)).isEqualTo(1);
    assertThat(index().purgeTombstones(target(), LATER, 2)).isZero();
  }

  @Test
  void purgesNothingThatWasWrittenAgain() {
    write(gone(1, 1), gone(2, 1));
    refresh();
    write(put(product(1, "shirt"), 2), new IndexWrite.Tombstone(id(2), 2, LATER));

    assertThat(index().purgeTombstones(target(), LATER, 10)).isZero();

    assertThat(index().read(target(), List.of(id(1), id(2))))
        .allSatisfy((product, entry) -> assertThat(entry.version()).isEqualTo(2))
        .hasSize(2);
  }

  @Test
  void purgesNothingThatIsWrittenAgainAtTheSameTime() throws Exception {
    int products = 60;
    SearchIndex index = index();
    String target = target();
    AtomicBoolean over = new AtomicBoolean();

    Threads.together(
        2,
        thread ->
            () -> {
              while (thread == 1 && !over.get()) {
                index.purgeTombstones(target, LATER, 10);
              }
              for (int number = 1; thread == 0 && number <= products; number++) {
                index.write(target, List.of(gone(number, 1)));
                index.write(target, List.of(new IndexWrite.Tombstone(id(number), 2, LATER)));
              }
              over.set(true);
              return thread;
            });

    List<UUID> all = new ArrayList<>();
    for (int number = 1; number <= products; number++) {
      all.add(id(number));
    }
    assertThat(index.read(target, all)).hasSize(products);
  }

  @Test
  void aPurgedProductTakesAnyVersion() {
    write(gone(1, 9));
    refresh();
    index().purgeTombstones(target(), LATER, 10);
    refresh();

    write(put(product(1, "shirt"), 3));
    refresh();

    assertThat(found(SearchPlans.all())).containsExactly(1);
  }

  @Test
  void anUnknownTargetIsRefused() {
    SearchIndex index = index();
    String unknown = target() + "-unknown";

    assertThatThrownBy(() -> index.refresh(unknown)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> index.read(unknown, List.of(id(1))))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> index.scan(unknown, null, 10)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> index.count(unknown)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> index.purgeTombstones(unknown, TIME, 10))
        .isInstanceOf(NotFoundException.class);
  }
}
