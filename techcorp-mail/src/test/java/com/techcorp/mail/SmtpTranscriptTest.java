package com.techcorp.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.mail.SmtpTranscript.Step;
import com.techcorp.notification.SendResult;
import jakarta.mail.MessagingException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows from what was said. */
class SmtpTranscriptTest {
  private static final MessagingException LOST =
      new MessagingException("while sending", new SocketException("Connection reset"));

  private final SmtpTranscript dialogue = new SmtpTranscript("ana@example.com");

  private SendResult failed() {
    return dialogue.failed("<1@shop.example>", LOST);
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"CONNECT", "SENDER", "RECIPIENT", "DATA"})
  void nothingIsSentBeforeTheServerAsksForTheContent(Step step) {
    dialogue.enter(step);
    assertThat(failed())
        .isInstanceOfSatisfying(
            SendResult.NotSent.class,
            not -> {
              assertThat(not.retryable()).isTrue();
              assertThat(not.reason()).endsWith("failed: SocketException: Connection reset");
            });
    assertThat(dialogue.isDefinite()).isFalse();
  }

  @ParameterizedTest
  @Tag("T30")
  @EnumSource(
      value = Step.class,
      names = {"CONTENT", "END"})
  void nobodyKnowsAfterThat(Step step) {
    dialogue.enter(Step.DATA);
    dialogue.enter(step);
    assertThat(failed()).isInstanceOf(SendResult.Unknown.class);
    assertThat(dialogue.isDefinite()).isFalse();
  }

  @Test
  void theVerdictStandsWhenTheConnectionIsLostRightAfterIt() {
    // given: the RSET that follows a refusal gets no answer
    dialogue.enter(Step.END);
    dialogue.reply(451, "451 try later");

    // when, then
    assertThat(failed())
        .isEqualTo(
            new SendResult.NotSent(
                "SMTP: the end of the content was refused: 451 try later", true));
    assertThat(dialogue.isDefinite()).isTrue();
  }

  @Test
  void theFirstReplyAfterTheContentIsTheVerdict() {
    dialogue.enter(Step.END);
    dialogue.reply(554, "554 spam");
    dialogue.reply(250, "250 reset");
    assertThat(failed())
        .isInstanceOfSatisfying(
            SendResult.NotSent.class, not -> assertThat(not.retryable()).isFalse());
  }

  @Test
  void aReplyThatIsNoneDecidesNothing() {
    dialogue.enter(Step.END);
    dialogue.reply(-1, "[EOF]");
    dialogue.reply(0, "");
    assertThat(failed()).isInstanceOf(SendResult.Unknown.class);
  }

  @Test
  void aRefusalThatWasOvercomeIsForgotten() {
    // given
    dialogue.reply(502, "502 no EHLO");
    dialogue.enter(Step.SENDER);

    // when, then
    assertThat(dialogue.refusesUs()).isFalse();
    assertThat(dialogue.isDefinite()).isFalse();
  }

  @Test
  void aReasonTellsTheCauseAndNotWhatWasSaid() {
    // given an exception whose message may quote the message
    MessagingException failure =
        new MessagingException(
            "about ana@example.com", new SocketTimeoutException("Read timed out"));

    // when, then
    assertThat(dialogue.failed("<1@shop.example>", failure))
        .isEqualTo(
            new SendResult.NotSent(
                "SMTP: the connection failed: SocketTimeoutException: Read timed out", true));
    assertThat(dialogue.failed("<1@shop.example>", new IllegalStateException("to ana@example.com")))
        .isEqualTo(
            new SendResult.NotSent("SMTP: the connection failed: IllegalStateException", true));
  }
}
