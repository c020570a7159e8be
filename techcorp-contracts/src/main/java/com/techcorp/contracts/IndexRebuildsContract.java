package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.spi.IndexJournal.Rebuild;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One process rebuilds an index at a time, and another one goes on where it was. */
public abstract class IndexRebuildsContract extends IndexJournalScenario {
  private static final Duration LEASE = Duration.ofSeconds(30);

  /** For subclasses. */
  protected IndexRebuildsContract() {}

  private Optional<Rebuild> claim(String owner, String target) {
    return journal().claimRebuild(INDEX, owner, LEASE, target);
  }

  @Test
  void belongsToTheFirstOneThatAsks() {
    Instant begun = now();

    assertThat(journal().rebuild(INDEX)).isEmpty();
    assertThat(claim("a", "products-2")).contains(new Rebuild("products-2", null, 0, begun, "a"));
    assertThat(claim("b", "products-3")).isEmpty();
    assertThat(journal().claimRebuild("other", "b", LEASE, "other-1")).isPresent();
    assertThat(journal().rebuild(INDEX)).contains(new Rebuild("products-2", null, 0, begun, "a"));
  }

  @Test
  void goesOnWhereAnotherProcessEnded() {
    // given: a process that works for a while, and dies
    Instant begun = now();
    claim("a", "products-2");
    adapter().clock().advance(Duration.ofSeconds(20));
    assertThat(journal().progress(INDEX, "a", LEASE, SHIRT, 500)).isTrue();

    // when, then: its lease counts from its last sign of life
    adapter().clock().advance(Duration.ofSeconds(29));
    assertThat(claim("b", "products-3")).isEmpty();
    adapter().clock().advance(Duration.ofSeconds(1));
    assertThat(claim("b", "products-3"))
        .contains(new Rebuild("products-2", SHIRT, 500, begun, "b"));
  }

  @Test
  void tellsAProcessThatWasTooSlow() {
    claim("a", "products-2");
    adapter().clock().advance(LEASE);
    claim("b", "products-2");

    assertThat(journal().progress(INDEX, "a", LEASE, SHIRT, 500)).isFalse();
    assertThat(journal().endRebuild(INDEX, "a")).isFalse();
    assertThat(journal().progress(INDEX, "b", LEASE, MUG, 7)).isTrue();
    assertThat(journal().rebuild(INDEX).map(Rebuild::after)).contains(MUG);
  }

  @Test
  void isOverWhenItsOwnerSaysSo() {
    claim("a", "products-2");

    assertThat(journal().endRebuild(INDEX, "a")).isTrue();

    assertThat(journal().rebuild(INDEX)).isEmpty();
    assertThat(journal().endRebuild(INDEX, "a")).isFalse();
    assertThat(journal().progress(INDEX, "a", LEASE, SHIRT, 1)).isFalse();
    assertThat(claim("b", "products-3").map(Rebuild::target)).contains("products-3");
  }

  @Test
  void isClaimedByOneOfManyAtOnce() throws Exception {
    List<Optional<Rebuild>> claims =
        Threads.together(4, i -> () -> claim("process " + i, "products-" + i));

    assertThat(claims.stream().filter(Optional::isPresent)).hasSize(1);
  }
}
