package com.techcorp.saga;

import java.util.List;
import java.util.UUID;

/**
 * The effects of one transition of one saga (or of one command): written all together or not at
 * all.
 *
 * @param id whose transition this is, usually the saga
 * @param effects what to write, in the order in which it logically happens
 */
public record Work(UUID id, List<Effect> effects) {
  /** Copies the effects. */
  public Work {
    effects = List.copyOf(effects);
  }

  /**
   * A work of a few effects.
   *
   * @param id whose transition this is
   * @param effects what to write
   * @return the work
   */
  public static Work of(UUID id, Effect... effects) {
    return new Work(id, List.of(effects));
  }
}
