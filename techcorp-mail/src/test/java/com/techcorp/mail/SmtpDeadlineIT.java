package com.techcorp.mail;

import static com.techcorp.mail.TestMails.FROM;
import static com.techcorp.mail.TestMails.RECIPIENT;
import static com.techcorp.mail.TestMails.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.notification.Message;
import com.techcorp.notification.SendResult;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that always do a little, so that no time-out of a single read or write ends it. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmtpDeadlineIT {
  /** What a busy machine does not reach: the times below add up to 2.5 s. */
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private static SmtpSender sender(ScriptedSmtp server, SmtpTls tls) {
    return builder(server, tls).build();
  }

  private static SmtpSender.Builder builder(ScriptedSmtp server, SmtpTls tls) {
    return SmtpSender.builder("localhost", FROM)
        .tls(tls)
        .port(server.port())
        .trusting(TestCertificate.context().getSocketFactory())
        .beginWithin(Duration.ofSeconds(1))
        .replyTimeout(Duration.ofMillis(500));
  }

  /** Sends; fails if that does not end. */
  private static SendResult sent(ScriptedSmtp server, SmtpTls tls, Message message) {
    try (SmtpSender sender = sender(server, tls)) {
      CompletableFuture<SendResult> sent =
          CompletableFuture.supplyAsync(() -> sender.send(message));
      try {
        assertThat(sent).succeedsWithin(LIMIT);
      } finally {
        server.close();
      }
      return sent.join();
    }
  }

  private static void assertLate(SendResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.NotSent.class,
            not -> {
              assertThat(not.retryable()).isTrue();
              assertThat(not.reason()).contains("no time is left");
            });
  }

  @ParameterizedTest
  @DisplayName("S10: a server that drips before the content costs beginWithin, and is not sent")
  @CsvSource({"HI", "EHLO", "MAIL", "RCPT", "DATA"})
  void dripsBeforeTheContent(String command) {
    try (ScriptedSmtp server = new ScriptedSmtp().on(command, ScriptedSmtp.DRIP)) {
      assertLate(sent(server, SmtpTls.NONE, message()));
      assertThat(server.mails()).isEmpty();
    }
  }

  @Test
  @DisplayName("S10: a TLS handshake that drips after STARTTLS is not sent")
  void dripsInTheHandshake() {
    try (ScriptedSmtp server = new ScriptedSmtp().on("EHLO", "250-hello\r\n250 STARTTLS")) {
      server.on("STARTTLS", ScriptedSmtp.DRIPPING_TLS);
      assertLate(sent(server, SmtpTls.STARTTLS, message()));
    }
  }

  @Test
  @DisplayName("S10: a TLS handshake that drips from the first byte on is not sent")
  void dripsInTheHandshakeOfImplicitTls() {
    try (ScriptedSmtp server = ScriptedSmtp.implicit().on("TLS", ScriptedSmtp.DRIPPING_TLS)) {
      assertLate(sent(server, SmtpTls.IMPLICIT, message()));
    }
  }

  @Test
  @DisplayName("S10: a drip within TLS is not sent")
  void dripsWithinTls() {
    try (ScriptedSmtp server = ScriptedSmtp.implicit().on("RCPT", ScriptedSmtp.DRIP)) {
      assertLate(sent(server, SmtpTls.IMPLICIT, message()));
    }
  }

  @Test
  @DisplayName("S10: an answer to the content that drips is unknown")
  void dripsAfterTheContent() {
    try (ScriptedSmtp server = new ScriptedSmtp().on(ScriptedSmtp.END, ScriptedSmtp.DRIP)) {
      assertThat(sent(server, SmtpTls.NONE, message()))
          .isInstanceOfSatisfying(
              SendResult.Unknown.class,
              unknown -> assertThat(unknown.reason()).contains("no time is left"));
      assertThat(server.mails()).hasSize(1);
    }
  }

  @Test
  @DisplayName("S10: a server that takes the content slowly costs three replyTimeout at the most")
  void takesTheContentSlowly() {
    try (ScriptedSmtp server =
            new ScriptedSmtp().on(ScriptedSmtp.CONTENT, ScriptedSmtp.SLOW_READER);
        SmtpSender sender =
            builder(server, SmtpTls.NONE).replyTimeout(Duration.ofSeconds(1)).build()) {
      // given what takes 10 s
      String text = ("x".repeat(70) + "\n").repeat(300_000);
      Message large = new Message(UUID.randomUUID(), RECIPIENT, "t", "Hi", text, null);

      // when
      SendResult result = sender.send(large);

      // then
      assertThat(result)
          .isInstanceOfSatisfying(
              SendResult.Unknown.class,
              unknown ->
                  assertThat(unknown.reason()).startsWith("SMTP: no answer to the content:"));
      assertThat(server.takenSlowly()).isBetween(1, text.length() - 1);
    }
  }

  @Test
  @DisplayName("S10: what the time of one mail closed serves no other one")
  void theNextMailHasAConnectionOfItsOwn() {
    try (ScriptedSmtp server = new ScriptedSmtp().on("RCPT", ScriptedSmtp.DRIP);
        SmtpSender sender = sender(server, SmtpTls.NONE)) {
      // given
      CompletableFuture<SendResult> late =
          CompletableFuture.supplyAsync(() -> sender.send(message()));
      assertThat(late).succeedsWithin(LIMIT);

      // when
      server.on("RCPT", "250 fine");
      SendResult next = sender.send(message());

      // then
      assertLate(late.join());
      assertThat(next).isInstanceOf(SendResult.Accepted.class);
      await().atMost(LIMIT).until(() -> server.connections() == 2);
    }
  }
}
