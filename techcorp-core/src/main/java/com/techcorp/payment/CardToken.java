package com.techcorp.payment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A provider's token for a card. It prints as {@code tok_***}, so that it does not reach a log by
 * accident.
 *
 * @param value the token as the provider gave it
 */
public record CardToken(@JsonValue String value) {
  /**
   * Creates a token from its text.
   *
   * @param value the token as the provider gave it
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public CardToken {}

  @Override
  public String toString() {
    return "tok_***";
  }
}
