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
 * to go out and no reply came. What fails before the content on a connection that carried an
 * earlier message is tried once more on a new one; nothing else is tried twice.
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
   * @throws com.techcorp.error.WiringException if {@code from} is no address
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
    InternetAddress to;
    try {
      to = MailAddress.recipient(message.recipient());
    } catch (AddressRefusedException e) {
      return new SendResult.NotSent("SMTP: " + e.getMessage(), false);
    }
    Letter letter;
    try {
      letter =
          Letter.of(
              settings.session(), message, to, settings.envelope(), settings.clock().instant());
    } catch (MessagingException | IOException | RuntimeException e) {
      log.error("A message from the template {} cannot be written", message.template(), e);
      return new SendResult.NotSent("mail cannot be written: " + CleanText.of(e), true);
    }
    return waitAndSend(letter, to);
  }

  /** How many messages wait for a connection. */
  int waiting() {
    return pool.waiting();
  }

  private SendResult waitAndSend(Letter letter, InternetAddress to) {
    long deadline = settings.nanoTime().getAsLong() + settings.beginWithin().toNanos();
    try {
      if (!pool.enter(settings.beginWithin())) {
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
   * Over a connection that has carried a message already, if there is one: it may be gone, which
   * shows at once and before the content. Then nothing was sent, and a new one is tried.
   */
  private SendResult sendOver(Letter letter, InternetAddress to, long deadline) {
    Optional<SmtpConnection> used = usable();
    if (used.isPresent()) {
      SmtpTranscript dialogue = new SmtpTranscript(to.getAddress());
      used.get().begin(dialogue, deadline);
      SendResult result = deliver(used.get(), dialogue, letter, to);
      if (!dialogue.wasCutShort()) {
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
    SmtpTranscript dialogue = new SmtpTranscript(to.getAddress());
    try {
      return deliver(settings.connect(dialogue, deadline), dialogue, letter, to);
    } catch (AuthenticationFailedException e) {
      if (!dialogue.refusesUs()) {
        return dialogue.failed(letter.id(), e);
      }
      log.error("{} refuses the login: correct user and password", settings.server());
      return new SendResult.NotSent("SMTP: the login was refused", true);
    } catch (MessagingException | RuntimeException e) {
      return told(dialogue, dialogue.failed(letter.id(), e));
    }
  }

  private SendResult deliver(
      SmtpConnection connection, SmtpTranscript dialogue, Letter letter, InternetAddress to) {
    boolean reusable = false;
    try {
      SendResult result = connection.deliver(letter, to);
      reusable = dialogue.mayGoOn();
      return told(dialogue, result);
    } finally {
      release(connection, reusable);
    }
  }

  private SendResult told(SmtpTranscript dialogue, SendResult result) {
    if (dialogue.refusesUs()) {
      log.error("{} takes no mail from us: {}", settings.server(), result);
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
