package com.techcorp.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * The settings of a sender.
 *
 * @param session Jakarta Mail's, for the server and the times
 * @param server where mail goes
 * @param envelope whom messages are from
 * @param connections how many there may be
 * @param times how long everything may take
 * @param clock what the header {@code Date} shows
 * @param timer ends what idles, and what takes too long
 * @param nanoTime a monotonic time
 */
record SmtpSetup(
    Session session,
    SmtpServer server,
    Letter.Envelope envelope,
    int connections,
    SmtpTimes times,
    InstantSource clock,
    ScheduledExecutorService timer,
    LongSupplier nanoTime) {

  static Session session(SmtpServer server, SmtpTimes times, Letter.Envelope envelope) {
    boolean startTls = server.tls() == SmtpTls.STARTTLS;
    Properties properties = new Properties();
    properties.put("mail.smtp.auth", String.valueOf(server.login() != null));
    properties.put("mail.smtp.starttls.enable", String.valueOf(startTls));
    properties.put("mail.smtp.starttls.required", String.valueOf(startTls));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    if (server.trusted() != null) {
      properties.put("mail.smtp.ssl.socketFactory", server.trusted());
    }
    properties.put("mail.smtp.connectiontimeout", millis(times.connectTimeout()));
    properties.put("mail.smtp.timeout", millis(times.replyTimeout()));
    properties.put("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.from", envelope.from().getAddress());
    return Session.getInstance(properties);
  }

  private static String millis(Duration time) {
    return String.valueOf(time.toMillis());
  }

  /** Returns a new connection, begun for a message; the caller lets it rest or ends it. */
  SmtpConnection connect(SmtpTranscript transcript, long deadline) throws MessagingException {
    SmtpSockets sockets = new SmtpSockets(times.replyTimeout(), timer);
    boolean implicit = server.tls() == SmtpTls.IMPLICIT;
    Session own = Session.getInstance(sockets.into(session.getProperties(), server.implicitTls()));
    SmtpConnection connection =
        new SmtpConnection(own, implicit, sockets, times.replyTimeout().multipliedBy(3), nanoTime);
    connection.begin(transcript, deadline);
    SmtpServer.Login login = server.login();
    connection.open(
        server.host(),
        server.port(),
        login == null ? null : login.user(),
        login == null ? null : login.password());
    return connection;
  }
}
