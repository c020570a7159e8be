package com.techcorp.mail;

import com.techcorp.notification.SendResult;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends written letters over pooled connections, and judges what the server replied. */
final class SmtpMailer {
  private static final Logger log = LoggerFactory.getLogger(SmtpMailer.class);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final SmtpSetup setup;
  private final SmtpPool pool;

  SmtpMailer(SmtpSetup setup) {
    this.setup = setup;
    Duration idleTime = setup.times().idleTime();
    this.pool = new SmtpPool(setup.connections(), idleTime, setup.nanoTime());
    long nanos = idleTime.toNanos();
    setup.timer().scheduleWithFixedDelay(pool::dropOld, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Returns how many messages wait for a connection. */
  int waiting() {
    return pool.waiting();
  }

  SendResult send(Letter letter, InternetAddress to) {
    long deadline = setup.nanoTime().getAsLong() + setup.times().beginWithin().toNanos();
    try {
      if (!pool.enter(setup.times().beginWithin())) {
        return new SendResult.NotSent(
            pool.isClosed() ? "SMTP: closed" : "SMTP: no connection became free within beginWithin",
            true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new SendResult.NotSent("SMTP: interrupted while waiting for a connection", true);
    }
    try {
      return sendOver(letter, to, deadline);
    } finally {
      pool.leave();
    }
  }

  /**
   * Sends over a used connection, if there is one; if that is gone, it shows at once and before the
   * content. Then nothing was sent, and a new one is tried.
   */
  private SendResult sendOver(Letter letter, InternetAddress to, long deadline) {
    Optional<SmtpConnection> used = usable();
    if (used.isPresent()) {
      SmtpTranscript transcript = new SmtpTranscript(to.getAddress());
      used.get().begin(transcript, deadline);
      SendResult result = deliver(used.get(), transcript, letter, to);
      if (!transcript.wasCutShort()) {
        return result;
      }
    }
    return connectAndSend(letter, to, deadline);
  }

  private Optional<SmtpConnection> usable() {
    Optional<SmtpConnection> used = pool.take();
    while (used.isPresent() && used.get().hasUnasked()) {
      used.get().abandon();
      used = pool.take();
    }
    return used;
  }

  private SendResult connectAndSend(Letter letter, InternetAddress to, long deadline) {
    SmtpTranscript transcript = new SmtpTranscript(to.getAddress());
    try {
      return deliver(setup.connect(transcript, deadline), transcript, letter, to);
    } catch (AuthenticationFailedException e) {
      if (!transcript.refusesUs()) {
        return transcript.failed(letter.id(), e);
      }
      log.error("{} refuses the login: correct user and password", setup.server().name());
      return new SendResult.NotSent("SMTP: the login was refused", true);
    } catch (MessagingException | RuntimeException e) {
      return told(transcript, transcript.failed(letter.id(), e));
    }
  }

  private SendResult deliver(
      SmtpConnection connection, SmtpTranscript transcript, Letter letter, InternetAddress to) {
    boolean reusable = false;
    try {
      SendResult result = connection.deliver(letter, to);
      reusable = transcript.mayGoOn();
      return told(transcript, result);
    } finally {
      release(connection, reusable);
    }
  }

  private SendResult told(SmtpTranscript transcript, SendResult result) {
    if (transcript.refusesUs()) {
      log.error("{} takes no mail from us: {}", setup.server().name(), result);
    }
    return result;
  }

  private void release(SmtpConnection connection, boolean reusable) {
    if (reusable && connection.rest()) {
      pool.keep(connection);
    } else {
      connection.abandon();
    }
  }

  /** Waits up to 10 s for messages on their way, and takes no more. */
  void close() {
    boolean empty = false;
    try {
      empty = pool.close(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      endTimer(empty);
    }
  }

  /** The timer bounds the messages that are still on their way, as long as they may take. */
  private void endTimer(boolean empty) {
    if (empty) {
      setup.timer().shutdownNow();
    } else {
      long longest = SmtpTimes.LONGEST_SEND.toSeconds();
      setup.timer().schedule(setup.timer()::shutdownNow, longest, TimeUnit.SECONDS);
    }
  }
}
