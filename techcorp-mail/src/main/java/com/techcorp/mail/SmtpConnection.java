package com.techcorp.mail;

import com.techcorp.notification.SendResult;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that records how far a message got, which an exception alone does not show. Used by
 * one thread at a time.
 */
final class SmtpConnection extends SMTPTransport {
  private static final Logger log = LoggerFactory.getLogger(SmtpConnection.class);

  private final SmtpSockets sockets;
  private final Duration contentTime;
  private final LongSupplier nanoTime;
  private SmtpTranscript transcript = new SmtpTranscript("");
  private long beginBy;

  SmtpConnection(
      Session session,
      boolean implicitTls,
      SmtpSockets sockets,
      Duration contentTime,
      LongSupplier nanoTime) {
    super(session, null, "smtp", implicitTls);
    this.sockets = sockets;
    this.contentTime = contentTime;
    this.nanoTime = nanoTime;
  }

  /**
   * Starts again, for a message that this connection may carry.
   *
   * @param deadline in terms of the monotonic time; if the content does not go out before it, the
   *     socket is closed
   */
  void begin(SmtpTranscript next, long deadline) {
    transcript = next;
    beginBy = deadline;
    sockets.deadline().set(Math.max(0, deadline - nanoTime.getAsLong()));
  }

  /** Connects, and logs in; closed if that fails. */
  void open(String host, int port, @Nullable String user, @Nullable String password)
      throws MessagingException {
    try {
      connect(host, port, user, password);
    } catch (MessagingException | RuntimeException e) {
      abandon();
      if (sockets.deadline().isOver()) {
        throw new MessagingException("late", SocketDeadline.late());
      }
      throw e;
    }
  }

  /** Sends; unless it succeeds, the transcript that was begun has the result. */
  SendResult deliver(Letter letter, InternetAddress to) {
    try {
      sendMessage(letter, new Address[] {to});
      return transcript.accepted(letter.id());
    } catch (MessagingException | RuntimeException e) {
      boolean late = sockets.deadline().isOver();
      return transcript.failed(letter.id(), late ? SocketDeadline.late() : e);
    }
  }

  /**
   * Returns whether the server sent an unsolicited reply, such as a time-out notice, which must not
   * be taken for the answer to a command.
   */
  boolean hasUnasked() {
    SmtpSocket socket = sockets.socket();
    return socket == null || socket.hasUnread();
  }

  /** Lets it wait for another message; false if it is closed. */
  boolean rest() {
    sockets.deadline().clear();
    return !sockets.deadline().isOver();
  }

  /** Says good-bye, without waiting for an answer. */
  void end() {
    try {
      close();
    } catch (MessagingException e) {
      log.debug("A connection was gone before it was closed", e);
    }
  }

  /** Ends it without a word: its server is gone, or takes too long. */
  void abandon() {
    sockets.deadline().close();
    end();
    sockets.deadline().clear();
  }

  private void step(SmtpTranscript.Step next) throws MessagingException {
    if (nanoTime.getAsLong() - beginBy >= 0) {
      throw new MessagingException("late", SocketDeadline.late());
    }
    transcript.enter(next);
  }

  @Override
  protected boolean ehlo(String domain) throws MessagingException {
    step(SmtpTranscript.Step.CONNECT);
    return super.ehlo(domain);
  }

  @Override
  protected void startTLS() throws MessagingException {
    step(SmtpTranscript.Step.CONNECT);
    super.startTLS();
  }

  @Override
  protected void mailFrom() throws MessagingException {
    step(SmtpTranscript.Step.SENDER);
    super.mailFrom();
  }

  @Override
  protected void rcptTo() throws MessagingException {
    step(SmtpTranscript.Step.RECIPIENT);
    super.rcptTo();
  }

  @Override
  protected OutputStream data() throws MessagingException {
    step(SmtpTranscript.Step.DATA);
    OutputStream out = super.data();
    if (!sockets.deadline().set(contentTime.toNanos())) {
      throw new MessagingException("late", SocketDeadline.late());
    }
    transcript.enter(SmtpTranscript.Step.CONTENT);
    return out;
  }

  @Override
  protected void finishData() throws IOException, MessagingException {
    transcript.enter(SmtpTranscript.Step.END);
    super.finishData();
  }

  @Override
  protected int readServerResponse() throws MessagingException {
    SmtpSocket socket = sockets.socket();
    if (socket != null) {
      socket.expectReply();
    }
    int code = super.readServerResponse();
    transcript.reply(code, getLastServerResponse());
    return code;
  }
}
