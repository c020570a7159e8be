package com.techcorp.mail;

import com.techcorp.notification.Message;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.SendResult;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends e-mail through an SMTP server, over a few connections that stay open between messages.
 * Thread-safe; one for each process, closed by the host.
 *
 * <pre>{@code
 * SmtpSender mail =
 *     SmtpSender.builder("smtp.example.com", "Shop <orders@example.com>")
 *         .login("shop", password)
 *         .build();
 * }</pre>
 *
 * <p>What it answers follows from the server's replies alone: {@code NotSent} up to the moment the
 * server asks for the content, or when it refuses the content; {@code Unknown} if the content began
 * to go out and no reply came. It tries nothing twice.
 */
public final class SmtpSender implements MessageSender, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SmtpSender.class);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final SmtpSettings settings;
  private final SmtpPool pool;

  SmtpSender(SmtpSettings settings) {
    this.settings = settings;
    this.pool = new SmtpPool(settings.connections(), settings.idleTime(), settings.nanoTime());
    long idleNanos = settings.idleTime().toNanos();
    settings
        .timer()
        .scheduleWithFixedDelay(pool::dropOld, idleNanos, idleNanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Begins the description of a sender.
   *
   * @param host the server's name, which its certificate must show
   * @param from whom messages are from, such as {@code Shop <orders@example.com>}
   * @return a builder with the defaults that it states
   * @throws com.techcorp.error.WiringError if {@code from} is no address
   */
  public static SmtpSenderBuilder builder(String host, String from) {
    return new SmtpSenderBuilder(host, from);
  }

  /**
   * Over which channel it sends.
   *
   * @return {@code email}
   */
  @Override
  public String channel() {
    return "email";
  }

  @Override
  public SendResult send(Message message) {
    Optional<InternetAddress> to = MailAddress.recipient(message.recipient());
    if (to.isEmpty()) {
      return new SendResult.NotSent("SMTP: the recipient is no address that mail can go to", false);
    }
    Letter letter;
    try {
      letter =
          Letter.of(
              settings.session(),
              message,
              to.get(),
              settings.envelope(),
              settings.clock().instant());
    } catch (MessagingException | IOException | RuntimeException e) {
      log.error("A message from the template {} cannot be written", message.template(), e);
      return new SendResult.NotSent("mail cannot be written: " + CleanText.of(e), true);
    }
    return waitAndSend(letter, to.get());
  }

  private SendResult waitAndSend(Letter letter, InternetAddress to) {
    long deadline = settings.nanoTime().getAsLong() + settings.beginWithin().toNanos();
    try {
      if (!pool.enter(settings.longestWait())) {
        return new SendResult.NotSent(
            pool.isClosed() ? "SMTP: closed" : "SMTP: all connections are in use", true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new SendResult.NotSent("SMTP: interrupted while waiting for a connection", true);
    }
    try {
      return connectAndSend(letter, to, deadline);
    } finally {
      pool.leave();
    }
  }

  private SendResult connectAndSend(Letter letter, InternetAddress to, long deadline) {
    Dialogue dialogue = new Dialogue(to.getAddress());
    SmtpConnection connection = null;
    boolean reusable = false;
    try {
      connection = connection(dialogue, deadline);
      SendResult result = connection.deliver(letter, to);
      reusable = dialogue.isDefinite();
      if (dialogue.refusesUs()) {
        log.error("{} takes no mail from us: {}", settings.server(), result);
      }
      return result;
    } catch (AuthenticationFailedException e) {
      if (!dialogue.refusesUs()) {
        return dialogue.failed(letter.id(), e);
      }
      log.error("{} refuses the login: correct user and password", settings.server());
      return new SendResult.NotSent("SMTP: the login was refused", true);
    } catch (MessagingException | RuntimeException e) {
      return dialogue.failed(letter.id(), e);
    } finally {
      release(connection, reusable);
    }
  }

  private void release(@Nullable SmtpConnection connection, boolean reusable) {
    if (connection == null) {
      return;
    }
    if (reusable && connection.rest()) {
      pool.keep(connection);
    } else {
      connection.abandon();
    }
  }

  /** One that the server still has, as its answer to a NOOP shows, or a new one. */
  private SmtpConnection connection(Dialogue dialogue, long deadline) throws MessagingException {
    while (settings.nanoTime().getAsLong() - deadline < 0) {
      Optional<SmtpConnection> idle = pool.take();
      if (idle.isEmpty()) {
        break;
      }
      SmtpConnection old = idle.get();
      old.begin(new Dialogue(""), deadline);
      if (old.isConnected()) {
        old.begin(dialogue, deadline);
        return old;
      }
    }
    return settings.connect(dialogue, deadline);
  }

  /**
   * Takes no more messages and waits up to 10 s for those on their way. Idempotent. A message that
   * comes later is {@code NotSent} and may be tried again, by another process.
   */
  @Override
  public void close() {
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
      settings.timer().shutdownNow();
    } else {
      long longest = SmtpSenderBuilder.LONGEST_SEND.toSeconds();
      settings.timer().schedule(settings.timer()::shutdownNow, longest, TimeUnit.SECONDS);
    }
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "SmtpSender[" + settings.server() + "]";
  }
}
