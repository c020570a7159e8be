package com.techcorp.mail;

import com.techcorp.notification.SendResult;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.function.LongSupplier;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * A connection that notes how far a message got: an exception alone does not tell. Used by one
 * thread at a time.
 */
final class SmtpConnection extends SMTPTransport {
  private final SmtpSockets sockets;
  private final LongSupplier nanoTime;
  private Dialogue dialogue = new Dialogue("");
  private long beginBy;

  SmtpConnection(Session session, boolean implicitTls, SmtpSockets sockets, LongSupplier nanoTime) {
    super(session, null, "smtp", implicitTls);
    this.sockets = sockets;
    this.nanoTime = nanoTime;
  }

  /**
   * Begins anew, for a message that this connection may carry.
   *
   * @param deadline in terms of the monotonic time; after it nothing is begun any more
   */
  void begin(Dialogue next, long deadline) {
    dialogue = next;
    beginBy = deadline;
  }

  /** Sends; what came of it is told by the dialogue that was begun, unless it went well. */
  SendResult deliver(Letter letter, InternetAddress to) {
    try {
      sendMessage(letter, new Address[] {to});
      return dialogue.accepted(letter.id());
    } catch (MessagingException | RuntimeException e) {
      return dialogue.failed(letter.id(), e);
    }
  }

  private void step(Dialogue.Step next) throws MessagingException {
    if (nanoTime.getAsLong() - beginBy >= 0) {
      throw new MessagingException("late", new SocketTimeoutException("no time is left"));
    }
    dialogue.enter(next);
  }

  @Override
  protected boolean ehlo(String domain) throws MessagingException {
    step(Dialogue.Step.CONNECT);
    return super.ehlo(domain);
  }

  @Override
  protected void startTLS() throws MessagingException {
    step(Dialogue.Step.CONNECT);
    super.startTLS();
  }

  @Override
  protected void mailFrom() throws MessagingException {
    step(Dialogue.Step.SENDER);
    super.mailFrom();
  }

  @Override
  protected void rcptTo() throws MessagingException {
    step(Dialogue.Step.RECIPIENT);
    super.rcptTo();
  }

  @Override
  protected OutputStream data() throws MessagingException {
    step(Dialogue.Step.DATA);
    OutputStream out = super.data();
    dialogue.enter(Dialogue.Step.CONTENT);
    return out;
  }

  @Override
  protected void finishData() throws IOException, MessagingException {
    dialogue.enter(Dialogue.Step.END);
    super.finishData();
  }

  @Override
  protected int readServerResponse() throws MessagingException {
    SmtpSocket socket = sockets.socket();
    if (socket != null) {
      socket.expectReply();
    }
    int code = super.readServerResponse();
    dialogue.reply(code, getLastServerResponse());
    return code;
  }
}
