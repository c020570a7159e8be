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

  /** GreenMail's own 2 s are not enough on a busy machine. */
  private static final long START_MILLIS = 60_000;

  private GreenMail server;

  private MailServer(GreenMail server) {
    this.server = server;
  }

  static MailServer plain() {
    return new MailServer(started(0, ServerSetup.PROTOCOL_SMTP));
  }

  /** With the certificate of {@link TestCertificate}, and a user who may log in. */
  static MailServer encrypted(String user, String password) {
    TestCertificate.use();
    MailServer server = new MailServer(started(0, ServerSetup.PROTOCOL_SMTPS));
    server.server.getUserManager().setAuthRequired(true);
    server.server.setUser(TestMails.RECIPIENT, user, password);
    return server;
  }

  private static GreenMail started(int port, String protocol) {
    ServerSetup setup = new ServerSetup(port, LOOPBACK, protocol);
    setup.setServerStartupTimeout(START_MILLIS);
    GreenMail server = new GreenMail(setup);
    server.start();
    return server;
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
    int port = port();
    server.stop();
    server = started(port, ServerSetup.PROTOCOL_SMTP);
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
