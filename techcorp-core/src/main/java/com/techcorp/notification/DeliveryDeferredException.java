package com.techcorp.notification;

import com.techcorp.error.TechCorpException;

/**
 * A notification that is neither sent nor given up: the provider could not take it now, or another
 * attempt is under way. Send the same notification again later; a consumer lets the exception pass,
 * and the bus offers the event again.
 */
public final class DeliveryDeferredException extends TechCorpException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception with a message.
   *
   * @param message why, without secrets
   */
  public DeliveryDeferredException(String message) {
    super(message, null);
  }
}
