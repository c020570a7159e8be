package com.techcorp.mail;

import com.techcorp.error.Require;
import java.time.Duration;

/**
 * How long the parts of sending a message may take.
 *
 * @param connectTimeout connecting
 * @param replyTimeout each read of the server's replies, and each write to it
 * @param beginWithin until the content goes out: waiting, connecting, naming sender and recipient
 * @param idleTime a connection stays open for another message
 */
record SmtpTimes(
    Duration connectTimeout, Duration replyTimeout, Duration beginWithin, Duration idleTime) {
  /** A send must end well before the two minutes after which it counts as abandoned. */
  static final Duration LONGEST_SEND = Duration.ofSeconds(110);

  SmtpTimes {
    Require.that(
        beginWithin.plus(replyTimeout.multipliedBy(3)).compareTo(LONGEST_SEND) <= 0,
        "SmtpSender.beginWithin and three times replyTimeout",
        "110 s at the most together, since a send that takes two minutes counts as abandoned",
        beginWithin.plus(replyTimeout.multipliedBy(3)));
  }
}
