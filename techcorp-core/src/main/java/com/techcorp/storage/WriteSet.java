package com.techcorp.storage;

import java.util.List;
import java.util.UUID;

/**
 * The effects of one transition of one saga (or of one command): written all together or not at
 * all.
 *
 * @param id whose transition this is, usually the saga
 * @param effects what to write, in the order in which it logically happens
 */
public record WriteSet(UUID id, List<Effect> effects) {
  /** Makes an unmodifiable copy of the effects. */
  public WriteSet {
    effects = List.copyOf(effects);
  }

  /**
   * Returns a write set of a few effects.
   *
   * @param id whose transition this is
   * @param effects what to write
   * @return the write set
   */
  public static WriteSet of(UUID id, Effect... effects) {
    return new WriteSet(id, List.of(effects));
  }
}
