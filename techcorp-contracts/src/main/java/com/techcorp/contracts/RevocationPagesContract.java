package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.auth.spi.RevocationPage;
import com.techcorp.auth.spi.Revocations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever reads {@link Revocations} page by page misses none. */
public abstract class RevocationPagesContract extends RevocationsScenario {
  /** For subclasses. */
  protected RevocationPagesContract() {}

  @Test
  void isEmptyAtFirst() {
    RevocationPage page = revocations().since(null, 10);
    assertThat(page.revocations()).isEmpty();
    assertThat(page.more()).isFalse();
    assertThat(revocations().since(page.cursor(), 10).revocations()).isEmpty();
  }

  @Test
  @Tag("T31")
  void tellsWhatWasRevoked() {
    // given
    UUID user = UUID.randomUUID();

    // when: the instants differ by a millisecond
    Target one = revokeSession();
    Target earlier = revokeUser(user, BEFORE, KEEP);
    Target later = revokeUser(user, BEFORE.plusMillis(1), KEEP);
    Target two = revokeSession();

    // then
    assertThat(all()).containsOnlyKeys(one, earlier, later, two);
    assertThat(all().values())
        .allSatisfy(keep -> assertThat(keep).isBetween(Duration.ofMillis(1), KEEP));
  }

  @Test
  void isIdempotent() {
    // given
    UUID user = UUID.randomUUID();
    UUID session = UUID.randomUUID();

    // when
    for (int i = 0; i < 3; i++) {
      revocations().revokeSession(session, KEEP);
      revocations().revokeUser(user, BEFORE, KEEP);
    }

    // then
    assertThat(all()).containsOnlyKeys(new OneSession(session), new AllOfUser(user, BEFORE));
  }

  @Test
  void goesOnWhereAReaderStands() {
    // given
    Reader reader = new Reader();
    Target first = revokeSession();
    reader.catchUp(10);

    // when
    Target second = revokeSession();
    reader.catchUp(10);
    Target third = revokeSession();
    reader.catchUp(10);

    // then
    assertThat(reader.read).containsOnlyKeys(first, second, third);
  }

  @Test
  void givesNoMoreThanAskedFor() {
    // given
    Set<Target> revoked = new HashSet<>();
    for (int i = 0; i < 25; i++) {
      revoked.add(revokeSession());
    }

    // when
    Reader reader = new Reader();
    RevocationPage first = reader.readPage(10);

    // then
    assertThat(first.revocations()).hasSize(10);
    assertThat(first.more()).isTrue();
    for (boolean more = true; more; ) {
      RevocationPage next = reader.readPage(10);
      assertThat(next.revocations()).hasSizeLessThanOrEqualTo(10);
      more = next.more();
    }
    assertThat(reader.read).containsOnlyKeys(revoked);
  }

  @Test
  void missesNoneWhileOthersRevoke() throws Exception {
    // given
    Reader reader = new Reader();
    int writers = 6;

    // when
    List<List<Target>> revoked =
        Threads.together(
            writers + 1, thread -> thread < writers ? this::revokeMany : readMany(reader));

    // then
    List<Target> all = revoked.stream().flatMap(Collection::stream).toList();
    await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              reader.catchUp(7);
              return reader.read.keySet().containsAll(all);
            });
    assertThat(reader.read).containsOnlyKeys(new HashSet<>(all));
  }

  private List<Target> revokeMany() {
    List<Target> revoked = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      revoked.add(revokeSession());
    }
    return revoked;
  }

  /** In small pages, so that each of them ends among writers. */
  private static Callable<List<Target>> readMany(Reader reader) {
    return () -> {
      for (int i = 0; i < 200; i++) {
        reader.readPage(7);
      }
      return List.of();
    };
  }
}
