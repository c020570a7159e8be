package com.techcorp.mail;

import static com.techcorp.mail.TestMails.FROM;
import static com.techcorp.mail.TestMails.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.notification.SendResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is said in the clear, and to nobody who cannot show who they are. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmtpTlsIT {
  private static final String USER = "shop";
  private static final String PASSWORD = "s3cret-of-the-shop";

  private static SmtpSender.Builder implicit(String host, MailServer server) {
    return SmtpSender.builder(host, FROM).tls(SmtpTls.IMPLICIT).port(server.port());
  }

  private static SmtpSender.Builder startTls(ScriptedSmtp server) {
    return SmtpSender.builder("localhost", FROM).port(server.port());
  }

  private static SmtpSender.Builder trusting(SmtpSender.Builder builder) {
    return builder.trusting(TestCertificate.context().getSocketFactory());
  }

  private static void assertNotSent(SendResult result, String why) {
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.NotSent.class,
            not -> {
              assertThat(not.retryable()).isTrue();
              assertThat(not.reason()).contains(why).doesNotContain(PASSWORD);
            });
  }

  @Test
  void aMailGoesOverTlsAfterALogin() {
    try (MailServer server = MailServer.encrypted(USER, PASSWORD);
        SmtpSender sender = trusting(implicit("localhost", server)).login(USER, PASSWORD).build()) {
      assertThat(sender.send(message())).isInstanceOf(SendResult.Accepted.class);
      assertThat(sender.send(message())).isInstanceOf(SendResult.Accepted.class);
      assertThat(server.mails()).hasSize(2);
      assertThat(sender.toString()).doesNotContain(PASSWORD);
    }
  }

  @Test
  void aWrongPasswordIsMendedLater() {
    try (MailServer server = MailServer.encrypted(USER, PASSWORD);
        SmtpSender sender = trusting(implicit("localhost", server)).login(USER, "wrong").build()) {
      assertNotSent(sender.send(message()), "the login was refused");
      assertThat(server.mails()).isEmpty();
    }
  }

  @Test
  void aCertificateThatNobodyVouchesForIsNotBelieved() {
    try (MailServer server = MailServer.encrypted(USER, PASSWORD);
        SmtpSender sender = implicit("localhost", server).login(USER, PASSWORD).build()) {
      assertNotSent(sender.send(message()), "the connection failed");
      assertThat(server.mails()).isEmpty();
    }
  }

  @Test
  void aCertificateForAnotherNameIsNotBelieved() {
    try (MailServer server = MailServer.encrypted(USER, PASSWORD);
        SmtpSender sender = trusting(implicit("127.0.0.1", server)).login(USER, PASSWORD).build()) {
      assertNotSent(sender.send(message()), "the connection failed");
      assertThat(server.mails()).isEmpty();
    }
  }

  @Test
  void aConnectionBecomesTlsBeforeAnythingIsSaid() {
    try (ScriptedSmtp server = new ScriptedSmtp().on("EHLO", "250-hello\r\n250 STARTTLS");
        SmtpSender sender = trusting(startTls(server)).build()) {
      assertThat(sender.send(message())).isInstanceOf(SendResult.Accepted.class);
      assertThat(server.commands()).startsWith("EHLO", "STARTTLS", "EHLO", "MAIL", "RCPT", "DATA");
      assertThat(server.mails()).hasSize(1);
    }
  }

  @Test
  void aServerWithoutStartTlsGetsNothing() {
    try (ScriptedSmtp server = new ScriptedSmtp();
        SmtpSender sender = trusting(startTls(server)).login(USER, PASSWORD).build()) {
      assertNotSent(sender.send(message()), "the connection failed");
      assertThat(server.commands()).doesNotContain("AUTH", "MAIL");
    }
  }

  @Test
  void aStartTlsThatShowsAnUnknownCertificateGetsNothing() {
    try (ScriptedSmtp server = new ScriptedSmtp().on("EHLO", "250-hello\r\n250 STARTTLS");
        SmtpSender sender = startTls(server).build()) {
      assertNotSent(sender.send(message()), "the connection failed");
      assertThat(server.commands()).doesNotContain("MAIL");
    }
  }
}
