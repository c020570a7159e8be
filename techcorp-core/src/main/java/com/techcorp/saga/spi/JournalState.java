package com.techcorp.saga.spi;

import com.techcorp.storage.Fence;
import org.jspecify.annotations.Nullable;

/**
 * What {@link JournalRules} need to know of a saga.
 *
 * @param live its row among the live sagas, or null
 * @param ended whether the history has it
 */
public record JournalState(@Nullable Live live, boolean ended) {
  /** A saga that nobody has seen. */
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
