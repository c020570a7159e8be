package com.techcorp.search.spi;

/** What became of a write. */
public sealed interface WriteResult {
  /** It is durable; a search finds it after the next refresh. */
  record Written() implements WriteResult {}

  /**
   * The index has an equal or higher version and kept it.
   *
   * @param stored the version that it has
   */
  record Conflict(long stored) implements WriteResult {}

  /**
   * The engine refuses this document, and will again.
   *
   * @param reason why, without text from the engine or the document
   */
  record Refused(String reason) implements WriteResult {}

  /**
   * The engine cannot take it now, because it is busy or its disk is full.
   *
   * @param reason why, without text from the engine
   */
  record Busy(String reason) implements WriteResult {}
}
