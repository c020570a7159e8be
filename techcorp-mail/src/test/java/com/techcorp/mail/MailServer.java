package com.techcorp.mail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.util.List;

/** GreenMail: an SMTP server that keeps what it takes. */
final class MailServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private GreenMail server;

  private MailServer(GreenMail server) {
    this.server = server;
  }

  static MailServer plain() {
    return started(new ServerSetup(0, LOOPBACK, ServerSetup.PROTOCOL_SMTP));
  }

  /** With the certificate of {@link TestCertificate}, and a user who may log in. */
  static MailServer encrypted(String user, String password) {
    TestCertificate.use();
    MailServer server = started(new ServerSetup(0, LOOPBACK, ServerSetup.PROTOCOL_SMTPS));
    server.server.getUserManager().setAuthRequired(true);
    server.server.setUser(TestMails.RECIPIENT, user, password);
    return server;
  }

  private static MailServer started(ServerSetup setup) {
    GreenMail server = new GreenMail(setup);
    server.start();
    return new MailServer(server);
  }

  int port() {
    return server.getSmtp() != null ? server.getSmtp().getPort() : server.getSmtps().getPort();
  }

  List<MimeMessage> mails() {
    return List.of(server.getReceivedMessages());
  }

  MimeMessage only() {
    List<MimeMessage> mails = mails();
    if (mails.size() != 1) {
      throw new AssertionError("expected one mail, there are " + mails.size());
    }
    return mails.get(0);
  }

  /** Ends all connections and opens the same port again. */
  void restart() {
    ServerSetup same = new ServerSetup(port(), LOOPBACK, ServerSetup.PROTOCOL_SMTP);
    server.stop();
    server = new GreenMail(same);
    server.start();
  }

  /** The content of a part of a mail, decoded. */
  static String part(MimeMessage mail, int index) throws Exception {
    BodyPart part = ((Multipart) mail.getContent()).getBodyPart(index);
    return (String) part.getContent();
  }

  @Override
  public void close() {
    server.stop();
  }
}
