package com.techcorp.mail;

import com.techcorp.notification.SendResult;

/**
 * The dialogue of client and server about one message, and its result. Until the server asks for
 * the content nothing can have been sent; from there on only its answer to the final dot counts
 * (RFC 5321, 4.1.1.4).
 *
 * <p>A connection that is lost in the middle of the content counts as unknown too. The server ought
 * to drop what it has (RFC 5321, 3.8), but what stands between may have passed it on.
 */
final class SmtpTranscript {
  /** The step of the SMTP dialogue. */
  enum Step {
    CONNECT("the connection"),
    SENDER("MAIL FROM"),
    RECIPIENT("RCPT TO"),
    DATA("DATA"),
    CONTENT("the content"),
    END("the end of the content");

    private final String label;

    Step(String label) {
      this.label = label;
    }
  }

  /** The server closes the connection, whatever it was asked (RFC 5321, 3.8). */
  private static final int CLOSING = 421;

  private final String recipient;
  private Step step = Step.CONNECT;
  private Step refusedAt = Step.CONNECT;
  private int refusal;
  private String refusalText = "";
  private int result;
  private String verdictText = "";

  SmtpTranscript(String recipient) {
    this.recipient = recipient;
  }

  /**
   * Enters the next step; refusals of earlier steps were overcome: an old server knows no EHLO, but
   * HELO.
   */
  void enter(Step next) {
    step = next;
    refusal = 0;
  }

  /** A reply; the first one after the end of the content is the result, a later one is not. */
  void reply(int code, String text) {
    if (code < 200 || code > 599) {
      return;
    }
    if (step == Step.END) {
      if (result == 0) {
        result = code;
        verdictText = text;
      }
    } else if (code >= 400 && refusal == 0) {
      refusedAt = step;
      refusal = code;
      refusalText = text;
    }
  }

  /** Returns whether the server's last word is known. */
  boolean isDefinite() {
    return result != 0 || (refusal != 0 && step.compareTo(Step.CONTENT) < 0);
  }

  /**
   * Returns whether the connection may serve another message: the server does not end it either.
   */
  boolean mayGoOn() {
    return isDefinite() && refusal != CLOSING && result != CLOSING;
  }

  /**
   * Returns whether the connection ended, and not the message, before any of the content went out:
   * the server said nothing, or nothing that is an answer, or that it closes.
   */
  boolean wasCutShort() {
    return result == 0 && step.compareTo(Step.CONTENT) < 0 && (refusal == 0 || refusal == CLOSING);
  }

  /**
   * Returns whether the server refuses us and not the message: no mail will pass until the
   * configuration is corrected.
   */
  boolean refusesUs() {
    boolean needsLogin = refusal == 530 || refusal == 534 || refusal == 535 || refusal == 538;
    return needsLogin || (refusal >= 500 && refusedAt.compareTo(Step.SENDER) <= 0);
  }

  SendResult accepted(String id) {
    return new SendResult.Accepted(id);
  }

  /** Returns the result for a message whose sending ended with a failure. */
  SendResult failed(String id, Exception failure) {
    if (result >= 200 && result < 300) {
      return accepted(id);
    }
    if (result >= 400) {
      return new SendResult.NotSent(refused(Step.END, result, verdictText), result < 500);
    }
    if (step.compareTo(Step.CONTENT) >= 0) {
      return new SendResult.Unknown(
          "SMTP: no answer to " + step.label + ": " + CleanText.of(failure));
    }
    if (refusal != 0) {
      return new SendResult.NotSent(
          refused(refusedAt, refusal, refusalText), refusal < 500 || refusesUs());
    }
    return new SendResult.NotSent(
        "SMTP: " + step.label + " failed: " + CleanText.of(failure), true);
  }

  private String refused(Step at, int code, String text) {
    String said = text.startsWith(String.valueOf(code)) ? text : code + " " + text;
    return "SMTP: " + at.label + " was refused: " + CleanText.of(said, recipient);
  }
}
