package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.NotFoundException;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.IndexOptions.Language;
import com.techcorp.search.spi.SearchIndex;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Targets, and which of them searches read. */
public abstract class SearchIndexTargetsContract extends SearchIndexScenario {
  /** For subclasses. */
  protected SearchIndexTargetsContract() {}

  private String newTarget() {
    String target = index().current() + "-next";
    index().create(target);
    return target;
  }

  private void put(String target, int number, String title) {
    index().write(target, List.of(put(product(number, title), 1)));
    index().refresh(target);
  }

  @Test
  void aMissingIndexIsCreatedEmpty() {
    IndexOptions settings = settings(Language.ENGLISH);
    SearchIndex index = adapter().indexes().get();
    try {
      String first = index.open(settings);

      assertThat(first).startsWith(settings.name() + "-");
      assertThat(index.current()).isEqualTo(first);
      assertThat(index.targets()).containsExactly(first);
      assertThat(index.count(first)).isZero();
    } finally {
      index.close();
    }
  }

  @Test
  void aCopyHasOneIdBeforeItIsOpenAndAfter() {
    SearchIndex index = adapter().indexes().get();
    try {
      Optional<String> id = index.copyId();

      index.open(settings(Language.ENGLISH));

      assertThat(index.copyId()).isEqualTo(id);
      id.ifPresent(copy -> assertThat(copy).matches("[a-z0-9]{1,40}"));
      assertThat(index().copyId().isPresent()).isEqualTo(id.isPresent());
      id.ifPresent(copy -> assertThat(index().copyId()).isNotEqualTo(id));
    } finally {
      index.close();
    }
  }

  @Test
  void aNewTargetIsEmptyAndNotSearched() {
    put(index().current(), 1, "shirt");

    String next = newTarget();
    put(next, 2, "shirt");

    assertThat(index().targets()).containsExactlyInAnyOrder(index().current(), next);
    assertThat(index().count(next)).isEqualTo(1);
    assertThat(found(SearchPlans.words("shirt"))).containsExactly(1);
    assertThat(index().suggest("shi", 10)).hasSize(1);
    assertThat(index().read(next, List.of(id(1), id(2)))).containsOnlyKeys(id(2));
  }

  @Test
  void searchesReadTheCurrentTarget() {
    String old = index().current();
    put(old, 1, "shirt");
    String next = newTarget();
    put(next, 2, "shirt");

    index().makeCurrent(next);
    assertThat(index().current()).isEqualTo(next);
    assertThat(found(SearchPlans.words("shirt"))).containsExactly(2);

    index().makeCurrent(old);
    assertThat(index().current()).isEqualTo(old);
    assertThat(found(SearchPlans.words("shirt"))).containsExactly(1);
  }

  @Test
  void tombstonesAreHiddenInEveryTarget() {
    String next = newTarget();
    index().write(next, List.of(gone(1, 1)));
    index().refresh(next);

    index().makeCurrent(next);

    assertThat(search(SearchPlans.all()).total()).isZero();
  }

  @Test
  void anExistingTargetIsNotCreatedAgain() {
    put(index().current(), 1, "shirt");

    assertThatThrownBy(() -> index().create(index().current()))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(found(SearchPlans.all())).containsExactly(1);
  }

  @Test
  void aTargetOfAnotherIndexIsNotCreated() {
    for (String name : List.of("other-1", "", index().current().split("-", -1)[0])) {
      assertThatThrownBy(() -> index().create(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anUnknownTargetDoesNotBecomeCurrent() {
    String current = index().current();

    assertThatThrownBy(() -> index().makeCurrent(current + "-unknown"))
        .isInstanceOf(NotFoundException.class);

    assertThat(index().current()).isEqualTo(current);
  }

  @Test
  void aDeletedTargetIsGone() {
    String next = newTarget();
    put(next, 1, "shirt");

    index().delete(next);
    index().delete(next);

    assertThat(index().targets()).containsExactly(index().current());
    assertThatThrownBy(() -> index().read(next, List.of(id(1))))
        .isInstanceOf(NotFoundException.class);
    index().create(next);
    assertThat(index().count(next)).isZero();
  }

  @Test
  void theCurrentTargetIsNotDeleted() {
    put(index().current(), 1, "shirt");

    assertThatThrownBy(() -> index().delete(index().current()))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(found(SearchPlans.all())).containsExactly(1);
  }

  @Test
  void noSearchFailsWhileTargetsChange() throws Exception {
    String first = index().current();
    put(first, 1, "shirt");
    AtomicBoolean over = new AtomicBoolean();

    Threads.together(
        2,
        thread ->
            () -> {
              if (thread == 0) {
                for (int i = 0; i < 5; i++) {
                  String old = index().current();
                  String next = first + "-" + i;
                  index().create(next);
                  put(next, 1, "shirt");
                  index().makeCurrent(next);
                  index().delete(old);
                }
                over.set(true);
              } else {
                while (!over.get()) {
                  assertThat(found(SearchPlans.words("shirt"))).containsExactly(1);
                }
              }
              return thread;
            });
  }
}
