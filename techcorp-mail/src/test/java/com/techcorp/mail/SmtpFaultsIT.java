package com.techcorp.mail;

import static com.techcorp.mail.TestMails.impatient;
import static com.techcorp.mail.TestMails.message;
import static com.techcorp.mail.TestMails.messageTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.notification.SendResult;
import com.techcorp.notification.spi.DeliveryLog;
import com.techcorp.testkit.MemoryStorage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that refuse, fall silent and go away in mid-conversation. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmtpFaultsIT {
  private final DeliveryLog log = MemoryStorage.create().deliveries();
  private final ScriptedSmtp scripted = new ScriptedSmtp();
  private SmtpSender sender = impatient(scripted.port()).build();

  @AfterEach
  void close() {
    sender.close();
    scripted.close();
  }

  @ParameterizedTest
  @CsvSource({
    "HI,   421 busy,                 true",
    "HI,   554 no service,           true",
    "MAIL, 451 later,                true",
    "MAIL, 530 log in first,         true",
    "MAIL, 553 not your address,     true",
    "RCPT, 450 greylisted,           true",
    "RCPT, 452 too many,             true",
    "RCPT, 550 no such user,         false",
    "RCPT, 552 mailbox full,         false",
    "RCPT, 530 log in first,         true",
    "DATA, 451 later,                true",
    "DATA, 554 no,                   false",
    ".,    452 no space,             true",
    ".,    421 going down,           true",
    ".,    554 looks like spam,      false"
  })
  void aRefusalMeansNotSent(String command, String reply, boolean retryable) {
    // given
    scripted.on(command, reply);

    // when
    SendResult result = sender.send(message());

    // then
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.NotSent.class,
            not -> {
              assertThat(not.retryable()).isEqualTo(retryable);
              assertThat(not.reason()).contains(reply);
            });
  }

  @Test
  void anOldServerThatKnowsNoEhloIsSpokenToAllTheSame() {
    // given
    scripted.on("EHLO", "502 what?");

    // when
    SendResult taken = sender.send(message());
    scripted.on("RCPT", "550 no such user");
    scripted.hangUp();
    SendResult refused = sender.send(message());

    // then
    assertThat(taken).isInstanceOf(SendResult.Accepted.class);
    assertThat(refused)
        .isInstanceOfSatisfying(
            SendResult.NotSent.class, not -> assertThat(not.retryable()).isFalse());
  }

  @ParameterizedTest
  @CsvSource({
    "HI, hang up", "HI, silence", "EHLO, hang up", "MAIL, hang up", "MAIL, silence",
    "RCPT, hang up", "RCPT, silence", "DATA, hang up", "DATA, silence", "DATA, 250 what?"
  })
  void whatFailsBeforeTheContentIsNotSentAndMayBeTriedAgain(String command, String what) {
    // given
    scripted.on(command, what);

    // when
    SendResult result = sender.send(message());

    // then
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.NotSent.class, not -> assertThat(not.retryable()).isTrue());
    assertThat(scripted.mails()).isEmpty();
  }

  @ParameterizedTest
  @Tag("T30")
  @DisplayName("T30 what fails after the content began is unknown")
  @CsvSource({
    "content, hang up",
    "content, silence",
    "'.', hang up",
    "'.', silence",
    "'.', hello",
    "'.', 354"
  })
  void whatFailsAfterTheContentBeganIsUnknown(String step, String what) {
    // given
    scripted.on(step, what);

    // when
    SendResult result = sender.send(message());

    // then
    assertThat(result).isInstanceOf(SendResult.Unknown.class);
    assertThat(scripted.mails()).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void aMailThatWasTakenIsAcceptedWhateverTheWords() {
    scripted.on(ScriptedSmtp.END, "251 will forward");
    assertThat(sender.send(message())).isInstanceOf(SendResult.Accepted.class);
  }

  @Test
  void nothingIsBegunWhenTheTimeIsOver() {
    // given
    sender.close();
    sender = impatient(scripted.port()).beginWithin(Duration.ofMillis(1)).build();

    // when
    SendResult result = sender.send(message());

    // then
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.NotSent.class, not -> assertThat(not.retryable()).isTrue());
    assertThat(scripted.mails()).isEmpty();
  }

  @Test
  void aReasonNamesNoRecipient() {
    // given
    scripted.on("RCPT", "550 5.1.1 <ana.souza@example.com> ANA.SOUZA is unknown\there");

    // when
    SendResult result = sender.send(messageTo("ana.souza@example.com"));

    // then
    assertThat(result)
        .isEqualTo(
            new SendResult.NotSent(
                "SMTP: RCPT TO was refused: 550 5.1.1 *** *** is unknown here", false));
  }
}
