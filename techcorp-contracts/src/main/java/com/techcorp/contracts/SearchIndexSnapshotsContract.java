package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.techcorp.error.OverloadedException;
import com.techcorp.search.InvalidQueryException;
import com.techcorp.search.spi.SearchAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Snapshots: pages that follow each other see one state. */
public abstract class SearchIndexSnapshotsContract extends SearchIndexScenario {
  private static final Duration KEEP = Duration.ofMinutes(5);

  /** For subclasses. */
  protected SearchIndexSnapshotsContract() {}

  @Test
  void aSnapshotShowsTheIndexAsItWas() {
    indexed(product(1, "shirt"), product(2, "shirt"));
    String snapshot = index().openSnapshot(KEEP);

    write(put(product(1, "hat"), 2), gone(2, 2), put(product(3, "shirt"), 2));
    refresh();

    assertThat(found(SearchPlans.words("shirt"))).containsExactly(3);
    assertThat(found(SearchPlans.words("shirt").snapshot(snapshot))).containsExactly(1, 2);
    assertThat(search(SearchPlans.all().snapshot(snapshot)).hits().get(0).product().title())
        .isEqualTo("shirt");
  }

  @Test
  void aSnapshotHidesTombstones() {
    indexed(product(1, "shirt"));
    write(gone(2, 1));
    refresh();

    String snapshot = index().openSnapshot(KEEP);

    assertThat(found(SearchPlans.all().snapshot(snapshot))).containsExactly(1);
  }

  @Test
  void aSnapshotSurvivesAChangeOfTargets() {
    indexed(product(1, "shirt"));
    String snapshot = index().openSnapshot(KEEP);
    String next = index().current() + "-next";
    index().create(next);

    index().makeCurrent(next);

    assertThat(found(SearchPlans.all())).isEmpty();
    assertThat(found(SearchPlans.all().snapshot(snapshot))).containsExactly(1);
  }

  @Test
  void pagesOfASnapshotRepeatAndMissNoneWhileProductsChange() {
    List<Integer> all = new ArrayList<>();
    for (int number = 1; number <= 60; number++) {
      write(put(product(number, "shirt"), 1));
      all.add(number);
    }
    refresh();
    String snapshot = index().openSnapshot(KEEP);
    List<Integer> seen = new ArrayList<>();
    @Nullable List<Object> after = null;

    for (int page = 0; page < 6; page++) {
      SearchAnswer answer = search(SearchPlans.words("shirt").snapshot(snapshot).page(10, after));
      seen.addAll(numbers(answer));
      assertThat(answer.total()).isEqualTo(60);
      after = answer.hits().get(9).sortValues();
      write(
          put(product(1 + page, "shirt").popularity(page + 1), 2 + page),
          gone(60 - page, 2),
          put(product(100 + page, "shirt shirt"), 1));
      refresh();
    }

    assertThat(seen).isEqualTo(all);
  }

  @Test
  void aSnapshotEndsAfterItsTime() {
    indexed(product(1, "shirt"));
    String snapshot = index().openSnapshot(Duration.ofMillis(200));

    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(400))
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> search(SearchPlans.all().snapshot(snapshot)))
                    .isInstanceOfSatisfying(
                        InvalidQueryException.class,
                        e -> assertThat(e.field()).isEqualTo("cursor")));
  }

  @Test
  void anUnknownSnapshotIsRefused() {
    for (String unknown : List.of("unknown", "", "\u0000", "x".repeat(10_000))) {
      assertThatThrownBy(() -> search(SearchPlans.all().snapshot(unknown)))
          .isInstanceOfSatisfying(
              InvalidQueryException.class, e -> assertThat(e.field()).isEqualTo("cursor"));
    }
  }

  @Test
  void thereAreOnlySoManySnapshots() {
    indexed(product(1, "shirt"));
    List<String> open = new ArrayList<>();
    for (int i = 0; i < adapter().snapshots(); i++) {
      open.add(index().openSnapshot(KEEP));
    }

    assertThatThrownBy(() -> index().openSnapshot(KEEP)).isInstanceOf(OverloadedException.class);

    assertThat(open).doesNotHaveDuplicates();
    assertThat(found(SearchPlans.all().snapshot(open.get(0)))).containsExactly(1);
  }
}
