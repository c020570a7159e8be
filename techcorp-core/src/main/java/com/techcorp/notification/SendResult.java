package com.techcorp.notification;

/** The result of sending a message by a {@link MessageSender}. */
public sealed interface SendResult {
  /**
   * The provider has it.
   *
   * @param providerId the provider's id of it
   */
  record Accepted(String providerId) implements SendResult {}

  /**
   * The message was certainly not sent.
   *
   * @param reason why, without secrets
   * @param retryable whether a later attempt may succeed (the provider is busy or could not be
   *     connected to), or never will (the address is refused)
   */
  record NotSent(String reason, boolean retryable) implements SendResult {}

  /**
   * The message may or may not have been sent: a time-out after the request went out, a lost
   * connection.
   *
   * @param reason what happened, without secrets
   */
  record Unknown(String reason) implements SendResult {}
}
