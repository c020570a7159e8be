package com.techcorp.auth.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.session.RefreshOutcome;
import com.techcorp.auth.session.RefreshToken;
import com.techcorp.auth.session.SessionOptions;
import com.techcorp.auth.spi.NewSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What must be true of one session, seen from outside: from the tokens that were presented and
 * those that were given for them.
 */
final class ModelSession {
  private final NewSession created;
  private final Instant expiresAt;
  private final SessionOptions options;

  /** The latest is the live one. A fail-over shortens the list. */
  private final List<Given> given = new ArrayList<>();

  /** All tokens that were ever given for this session, also those that were lost. */
  private final List<RefreshToken> known = new ArrayList<>();

  private boolean ended;

  ModelSession(
      NewSession created, RefreshToken first, SessionOptions options, Instant now, int write) {
    this.created = created;
    this.options = options;
    this.expiresAt = now.plus(options.lifetime());
    this.given.add(new Given(0, 1, now, write));
    this.known.add(first);
  }

  /**
   * A successor.
   *
   * @param to the generation that was presented; 0: a login
   * @param generation its own
   * @param at when the first caller got it
   * @param write the number of this write of the store
   */
  private record Given(int to, int generation, Instant at, int write) {}

  UUID id() {
    return created.id();
  }

  UUID userId() {
    return created.userId();
  }

  Instant createdAt() {
    return created.createdAt();
  }

  List<RefreshToken> known() {
    return known;
  }

  void end() {
    ended = true;
  }

  boolean isLive(Instant now) {
    Duration idle = options.idle().orElse(options.lifetime());
    return !ended && now.isBefore(expiresAt) && now.isBefore(live().at().plus(idle));
  }

  /** The store has lost all writes from this one on. */
  void lose(int write) {
    given.removeIf(each -> each.write() >= write);
  }

  private Given live() {
    return given.get(given.size() - 1);
  }

  /** Compares what a token got with what it may get, and remembers it. */
  void check(RefreshToken presented, RefreshOutcome outcome, Instant now, int write) {
    int generation = presented.generation();
    Given live = live();
    if (!isLive(now)) {
      assertThat(outcome).as("stays ended").isEqualTo(new RefreshOutcome.Gone(id()));
    } else if (generation >= live.generation()) {
      gives("the live token, or one that a fail-over lost, goes on", outcome, generation + 1);
    } else if (generation != live.to()) {
      assertReused("an older token ends the session", outcome);
    } else if (!now.isAfter(live.at().plus(options.grace()))) {
      gives("all get the same within the grace period", outcome, live.generation());
    } else if (options.lostReplies()) {
      gives("an unused successor is replaced", outcome, live.generation() + 1);
    } else {
      assertReused("the previous token ends the session after the grace period", outcome);
    }
    remember(presented, outcome, now, write);
  }

  private void assertReused(String rule, RefreshOutcome outcome) {
    assertThat(outcome).as(rule).isEqualTo(new RefreshOutcome.Reused(id(), userId()));
  }

  private void gives(String rule, RefreshOutcome outcome, int expected) {
    assertThat(outcome)
        .as(rule)
        .isInstanceOfSatisfying(
            RefreshOutcome.Refreshed.class,
            refreshed -> {
              assertThat(refreshed.userId()).as(rule).isEqualTo(userId());
              assertThat(refreshed.createdAt()).as(rule).isEqualTo(createdAt());
              assertThat(refreshed.successor().sessionId()).as(rule).isEqualTo(id());
              assertThat(refreshed.successor().generation()).as(rule).isEqualTo(expected);
            });
  }

  private void remember(RefreshToken presented, RefreshOutcome outcome, Instant now, int write) {
    if (outcome instanceof RefreshOutcome.Refreshed refreshed) {
      RefreshToken successor = refreshed.successor();
      known.add(successor);
      if (successor.generation() != live().generation()) {
        given.add(new Given(presented.generation(), successor.generation(), now, write));
      }
    } else {
      ended = true;
    }
  }
}
