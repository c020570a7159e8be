package com.techcorp.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** What a sender was built with. */
record SmtpSettings(
    Session session,
    @Nullable SSLSocketFactory trusted,
    Duration replyTimeout,
    String host,
    int port,
    SmtpTls tls,
    @Nullable Login login,
    Letter.Envelope envelope,
    int connections,
    Duration idleTime,
    Duration beginWithin,
    InstantSource clock,
    ScheduledExecutorService timer,
    LongSupplier nanoTime) {
  /** Who we are to the server. */
  record Login(String user, String password) {
    /** Without what is secret. */
    @Override
    public String toString() {
      return "Login[***]";
    }
  }

  String server() {
    return host + ":" + port;
  }

  /** A new connection, begun for a message; the caller lets it rest or ends it. */
  SmtpConnection connect(SmtpTranscript dialogue, long deadline) throws MessagingException {
    SmtpSockets sockets = new SmtpSockets(replyTimeout, timer);
    boolean implicit = tls == SmtpTls.IMPLICIT;
    Session own =
        Session.getInstance(sockets.into(session.getProperties(), implicit ? factory() : null));
    SmtpConnection connection =
        new SmtpConnection(own, implicit, sockets, replyTimeout.multipliedBy(3), nanoTime);
    connection.begin(dialogue, deadline);
    connection.open(
        host, port, login == null ? null : login.user(), login == null ? null : login.password());
    return connection;
  }

  private SSLSocketFactory factory() {
    return trusted == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : trusted;
  }
}
