package com.techcorp.mail;

import static com.techcorp.mail.TestMails.FROM;
import static com.techcorp.mail.TestMails.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.notification.SendResult;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers whose replies do not end: nobody reads them to the end. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmtpEndlessIT {
  /** What the system may hold of a reply that nobody reads, and more. */
  private static final int FEW_BYTES = ScriptedSmtp.ENDLESS_BYTES / 2;

  private static SendResult send(ScriptedSmtp server, SmtpTls tls) {
    try (SmtpSender sender =
        SmtpSender.builder("localhost", FROM)
            .tls(tls)
            .port(server.port())
            .trusting(TestCertificate.context().getSocketFactory())
            .build()) {
      return sender.send(message());
    }
  }

  private static void assertNotSent(SendResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.NotSent.class,
            not -> {
              assertThat(not.retryable()).isTrue();
              assertThat(not.reason()).contains("the server's reply is longer than");
            });
  }

  @ParameterizedTest
  @DisplayName("S14: a reply without an end, before the content, is not sent and not kept")
  @CsvSource({
    "HI, endless line",
    "HI, endless lines",
    "EHLO, endless lines",
    "MAIL, endless line",
    "RCPT, endless lines",
    "DATA, endless lines"
  })
  void beforeTheContent(String command, String what) {
    try (ScriptedSmtp server = new ScriptedSmtp().on(command, what)) {
      assertNotSent(send(server, SmtpTls.NONE));
      assertThat(server.endlessBytes()).isLessThan(FEW_BYTES);
      assertThat(server.mails()).isEmpty();
    }
  }

  @ParameterizedTest
  @DisplayName("S14: the same in the clear before TLS, in TLS after STARTTLS, and in implicit TLS")
  @CsvSource({"HI, endless line", "STARTTLS, endless lines", "MAIL, endless line"})
  void aroundStartTls(String command, String what) {
    try (ScriptedSmtp server = new ScriptedSmtp().on("EHLO", "250-hello\r\n250 STARTTLS")) {
      server.on(command, what);
      assertNotSent(send(server, SmtpTls.STARTTLS));
      assertThat(server.endlessBytes()).isLessThan(FEW_BYTES);
    }
  }

  @ParameterizedTest
  @DisplayName("S14: the same in TLS from the first byte on")
  @CsvSource({"HI, endless lines", "RCPT, endless line"})
  void inImplicitTls(String command, String what) {
    try (ScriptedSmtp server = ScriptedSmtp.implicit().on(command, what)) {
      assertNotSent(send(server, SmtpTls.IMPLICIT));
      assertThat(server.endlessBytes()).isLessThan(FEW_BYTES);
    }
  }

  @ParameterizedTest
  @DisplayName("S14: after the content nobody knows what an endless reply would have said")
  @CsvSource({"endless line", "endless lines"})
  void afterTheContent(String what) {
    try (ScriptedSmtp server = new ScriptedSmtp().on(ScriptedSmtp.END, what)) {
      assertThat(send(server, SmtpTls.NONE)).isInstanceOf(SendResult.Unknown.class);
      assertThat(server.endlessBytes()).isLessThan(FEW_BYTES);
      assertThat(server.mails()).hasSize(1);
    }
  }
}
