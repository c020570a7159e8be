package com.techcorp.saga.spi;

import com.techcorp.storage.Fence;
import org.jspecify.annotations.Nullable;

/**
 * The state of a saga as {@link JournalRules} need it.
 *
 * @param live its row among the live sagas, or null
 * @param ended whether the history has it
 */
public record JournalState(@Nullable Live live, boolean ended) {
  /** The state of an unknown saga. */
  public static final JournalState NONE = new JournalState(null, false);

  /**
   * The state of a saga that has not ended.
   *
   * @param owner who owns it, or null
   * @param revision how often it was written
   * @param signals how many it was sent
   */
  public record Live(@Nullable Fence owner, long revision, int signals) {}

  JournalState with(@Nullable Live changed) {
    return new JournalState(changed, ended);
  }
}
