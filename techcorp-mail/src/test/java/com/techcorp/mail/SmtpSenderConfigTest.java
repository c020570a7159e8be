package com.techcorp.mail;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.WiringException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sender that could not work is not built. */
class SmtpSenderConfigTest {
  private static SmtpSender.Builder builder() {
    return SmtpSender.builder("mail.example.com", "Shop <orders@example.com>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "shop", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example"})
  void whoSendsMustBeAnAddress(String from) {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> SmtpSender.builder("mail.example.com", from));
    assertThatExceptionOfType(WiringException.class).isThrownBy(() -> builder().replyTo(from));
  }

  @Test
  void aPasswordNeedsTls() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> builder().tls(SmtpTls.NONE).login("shop", "secret").build())
        .withMessageContaining("needs TLS")
        .withMessageNotContaining("secret");
  }

  @Test
  void aSendMustEndBeforeItCountsAsAbandoned() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> builder().replyTimeout(Duration.ofSeconds(30)).build())
        .withMessageContaining("110 s");
  }

  @Test
  void sizesAndTimesMustMakeSense() {
    assertRefused("connections", () -> builder().connections(0));
    assertRefused("port", () -> builder().port(0));
    assertRefused("port", () -> builder().port(65_536));
    assertRefused("connectTimeout", () -> builder().connectTimeout(Duration.ZERO));
    assertRefused("replyTimeout", () -> builder().replyTimeout(Duration.ZERO));
    assertRefused("beginWithin", () -> builder().beginWithin(Duration.ZERO));
    assertRefused("idleTime", () -> builder().idleTime(Duration.ZERO));
  }

  private static void assertRefused(String option, ThrowingCallable change) {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(change)
        .withMessageMatching("SmtpSender\\." + option + " must be .+, was .+");
  }
}
