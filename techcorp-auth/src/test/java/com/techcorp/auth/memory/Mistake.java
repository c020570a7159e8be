package com.techcorp.auth.memory;

import com.techcorp.auth.spi.SessionRules.Decision;
import com.techcorp.auth.spi.SessionRules.Generations;
import com.techcorp.auth.spi.SessionStore;
import java.time.InstantSource;
import java.util.function.Function;

/** Mistakes of a store that the model must find. */
enum Mistake {
  /** Within the grace period, any older token gets the current one (T49). */
  GRACE_FOR_ALL_OLDER_TOKENS(
      clock ->
          BrokenStore.deciding(
              clock,
              (state, presented, now, grace, lost) ->
                  presented < state.current() && BrokenStore.isWithin(state, now, grace)
                      ? new Decision.Repeat()
                      : BrokenStore.right(state, presented, now, grace, lost))),

  /** An older token is refused, but the session goes on. */
  NO_END_ON_REUSE(BrokenStore.RefusingOnly::new),

  /** An older token gets the current one. */
  NO_REUSE_SEEN(
      clock ->
          BrokenStore.deciding(
              clock,
              (state, presented, now, grace, lost) ->
                  BrokenStore.right(state, presented, now, grace, lost) instanceof Decision.End
                      ? new Decision.Repeat()
                      : BrokenStore.right(state, presented, now, grace, lost))),

  /** A refresh that races a logout survives it (T48). */
  REVIVED_BY_A_REFRESH(BrokenStore.WritingBack::new),

  /** A rotation extends the lifetime (T32). */
  LIFETIME_EXTENDED(BrokenStore.ExtendingLifetimes::new),

  /** A token whose rotation was lost by a fail-over counts as stolen. */
  NEWER_TOKEN_REFUSED(
      clock ->
          BrokenStore.deciding(
              clock,
              (state, presented, now, grace, lost) ->
                  presented > state.current()
                      ? new Decision.End()
                      : BrokenStore.right(state, presented, now, grace, lost))),

  /** An unused successor was replaced, and works all the same. */
  REPLACED_SUCCESSOR_ACCEPTED(
      clock ->
          BrokenStore.deciding(
              clock,
              (state, presented, now, grace, lost) ->
                  presented > state.previous() && presented < state.current()
                      ? new Decision.Repeat()
                      : BrokenStore.right(state, presented, now, grace, lost))),

  /** Each repeat begins the grace period anew. */
  GRACE_EXTENDED_BY_REPEATS(
      clock ->
          BrokenStore.deciding(
              clock,
              (state, presented, now, grace, lost) ->
                  presented == state.current() - 1
                          && BrokenStore.right(state, presented, now, grace, lost)
                              instanceof Decision.Repeat
                      ? new Decision.Rotate(new Generations(state.current(), presented, now))
                      : BrokenStore.right(state, presented, now, grace, lost))),

  /** The previous token gets the current one for ever. */
  GRACE_WITHOUT_END(
      clock ->
          BrokenStore.deciding(
              clock,
              (state, presented, now, grace, lost) ->
                  presented == state.previous()
                      ? new Decision.Repeat()
                      : BrokenStore.right(state, presented, now, grace, lost))),

  /** Two tabs that refresh at the same time are a theft. */
  NO_GRACE(
      clock ->
          BrokenStore.deciding(
              clock,
              (state, presented, now, grace, lost) ->
                  presented == state.previous() && BrokenStore.isWithin(state, now, grace)
                      ? new Decision.End()
                      : BrokenStore.right(state, presented, now, grace, lost))),

  /** Each repeat gets a successor of its own (T31). */
  SEVERAL_SUCCESSORS(
      clock ->
          BrokenStore.deciding(
              clock,
              (state, presented, now, grace, lost) ->
                  presented == state.previous() && BrokenStore.isWithin(state, now, grace)
                      ? new Decision.Replace(
                          new Generations(state.current() + 1, presented, state.rotatedAt()))
                      : BrokenStore.right(state, presented, now, grace, lost))),

  /** A login that began before all sessions were ended survives (T50). */
  EPOCH_IGNORED(BrokenStore.IgnoringEpochs::new),

  /** The index has lost an entry (T50). */
  ONE_NOT_ENDED(BrokenStore.MissingOne::new),

  /** Ends do not wait for a replica, and a fail-over loses them. */
  ENDS_UNCONFIRMED(clock -> MemorySessionStore.create(1_000, clock));

  private final Function<InstantSource, SessionStore> stores;

  Mistake(Function<InstantSource, SessionStore> stores) {
    this.stores = stores;
  }

  Function<InstantSource, SessionStore> stores() {
    return stores;
  }

  boolean confirmsEnds() {
    return this != ENDS_UNCONFIRMED;
  }
}
