package com.techcorp.mail;

import static com.techcorp.mail.TestMails.FROM;
import static com.techcorp.mail.TestMails.confirmed;
import static com.techcorp.mail.TestMails.message;
import static com.techcorp.mail.TestMails.messageTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryDeferredException;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Notification;
import com.techcorp.notification.Notifier;
import com.techcorp.notification.SendResult;
import com.techcorp.notification.spi.DeliveryLog;
import com.techcorp.servers.proxy.TcpProxy;
import com.techcorp.testkit.MemoryStorage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that refuse, fall silent and go away in mid-conversation. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmtpFaultsIT {
  /** What a busy machine does not reach. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Duration REPLY = Duration.ofSeconds(1);

  private final DeliveryLog log = MemoryStorage.create().deliveries();
  private final ScriptedSmtp scripted = new ScriptedSmtp();
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private SmtpSender sender = builder(scripted.port()).build();

  @AfterEach
  void close() {
    sender.close();
    scripted.close();
    callers.shutdownNow();
  }

  private static SmtpSender.Builder builder(int port) {
    return SmtpSender.builder("127.0.0.1", FROM).tls(SmtpTls.NONE).port(port).replyTimeout(REPLY);
  }

  private void through(int port) {
    sender.close();
    sender = builder(port).build();
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

  @ParameterizedTest
  @Tag("T30")
  @DisplayName("T30 a mail that may have been sent is AMBIGUOUS and not repeated")
  @ValueSource(strings = {ScriptedSmtp.HANG_UP, ScriptedSmtp.SILENCE})
  void aMailThatMayHaveBeenSentIsNotRepeated(String what) {
    // given
    scripted.on(ScriptedSmtp.END, what);
    Notifier notifier = TestMails.notifier(log, sender);
    Notification notification = confirmed(Locale.ENGLISH, "Shirt");

    // when
    Delivery delivery = notifier.send(notification);
    scripted.on(ScriptedSmtp.END, "250 fine again");
    Delivery again = notifier.send(notification);

    // then
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.AMBIGUOUS);
    assertThat(again.status()).isEqualTo(DeliveryStatus.AMBIGUOUS);
    assertThat(log.about(notification.stream()))
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.AMBIGUOUS);
    assertThat(scripted.mails()).hasSize(1);
  }

  @Test
  @Tag("T30")
  @DisplayName("T30 the answer of a real server is lost after the final dot")
  void theAnswerIsLost() {
    try (MailServer server = MailServer.plain();
        TcpProxy proxy = TcpProxy.before("127.0.0.1", server.port())) {
      // given
      through(proxy.port());
      Notifier notifier = TestMails.notifier(log, sender);
      Notification notification = confirmed(Locale.ENGLISH, "Shirt");
      proxy.loseReplies(Pattern.compile("\r\n\\.\r\n"), 1);

      // when
      Delivery delivery = notifier.send(notification);
      Delivery again = notifier.send(notification);
      Delivery next = notifier.send(confirmed(Locale.ENGLISH, "Shirt"));

      // then
      assertThat(proxy.lost()).isEqualTo(1);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.AMBIGUOUS);
      assertThat(again.status()).isEqualTo(DeliveryStatus.AMBIGUOUS);
      assertThat(next.status()).isEqualTo(DeliveryStatus.ACCEPTED);
      assertThat(server.mails()).hasSize(2);
    }
  }

  @Test
  void aServerThatFellSilentBetweenTwoMailsIsNoticedBeforeTheSecond() {
    try (MailServer server = MailServer.plain();
        TcpProxy proxy = TcpProxy.before("127.0.0.1", server.port())) {
      // given a connection that is open and leads nowhere
      through(proxy.port());
      Notifier notifier = TestMails.notifier(log, sender);
      notifier.send(confirmed(Locale.ENGLISH, "Shirt"));
      Notification second = confirmed(Locale.ENGLISH, "Shirt");
      proxy.blackHole();

      // when
      assertThatExceptionOfType(DeliveryDeferredException.class)
          .isThrownBy(() -> notifier.send(second));

      // then
      assertThat(log.about(second.stream()))
          .extracting(Delivery::status)
          .containsExactly(DeliveryStatus.QUEUED);

      // when
      proxy.restore();
      Delivery delivery = notifier.send(second);

      // then
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.ACCEPTED);
      assertThat(server.mails()).hasSize(2);
    }
  }

  @Test
  void aPooledConnectionThatWasCutStillMeansOneMail() {
    // given
    sender.send(message());
    scripted.hangUp();

    // when
    SendResult result = sender.send(message());

    // then
    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    assertThat(scripted.mails()).hasSize(2);
    assertThat(scripted.connections()).isEqualTo(2);
  }

  @Test
  void aConnectionServesOneMessageAfterAnotherAlsoAfterARefusal() {
    // given
    scripted.on("RCPT", "550 no such user");
    sender.send(message());
    scripted.on("RCPT", "250 fine");

    // when
    sender.send(message());
    sender.send(message());

    // then
    assertThat(scripted.mails()).hasSize(2);
    assertThat(scripted.connections()).isEqualTo(1);
  }

  @Test
  void aConnectionThatIdlesIsEnded() {
    // given
    sender.close();
    sender = builder(scripted.port()).idleTime(Duration.ofMillis(50)).build();

    // when
    sender.send(message());

    // then
    await().atMost(LIMIT).until(() -> scripted.commands().contains("QUIT"));
  }

  @Test
  @DisplayName("S11: who finds all connections in use waits, and then sends over the same one")
  void whoFindsAllConnectionsInUseWaits() {
    // given a connection that waits for its last reply
    sender.close();
    sender = builder(scripted.port()).connections(1).replyTimeout(Duration.ofSeconds(20)).build();
    CountDownLatch answer = scripted.hold(ScriptedSmtp.END);
    List<CompletableFuture<SendResult>> sent =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> sender.send(message()), callers))
            .limit(4)
            .toList();
    await().atMost(LIMIT).until(() -> scripted.mails().size() == 1);
    await().atMost(LIMIT).until(() -> sender.waiting() == 3);

    // when
    answer.countDown();

    // then
    assertThat(sent).allSatisfy(one -> assertThat(one).succeedsWithin(LIMIT));
    assertThat(sent)
        .extracting(CompletableFuture::join)
        .hasOnlyElementsOfType(SendResult.Accepted.class);
    assertThat(scripted.mails()).hasSize(4);
    assertThat(scripted.connections()).isEqualTo(1);
  }

  @Test
  @DisplayName("S11: the wait for a connection counts in beginWithin, and ends with it")
  void aWaitEndsWithTheTimeOfTheMail() {
    // given
    sender.close();
    sender =
        builder(scripted.port())
            .connections(1)
            .beginWithin(Duration.ofSeconds(2))
            .replyTimeout(Duration.ofSeconds(30))
            .build();
    CountDownLatch answer = scripted.hold(ScriptedSmtp.END);
    CompletableFuture<SendResult> slow =
        CompletableFuture.supplyAsync(() -> sender.send(message()), callers);
    await().atMost(LIMIT).until(() -> scripted.mails().size() == 1);

    // when
    SendResult result = sender.send(message());

    // then
    assertThat(result)
        .isEqualTo(
            new SendResult.NotSent("SMTP: no connection became free within beginWithin", true));
    answer.countDown();
    assertThat(slow).succeedsWithin(LIMIT);
    assertThat(slow.join()).isInstanceOf(SendResult.Accepted.class);
  }

  @Test
  @DisplayName("S11: a connection carries one mail after the other without a NOOP between them")
  void nothingIsAskedBetweenTwoMails() {
    // when
    sender.send(message());
    sender.send(message());

    // then
    assertThat(scripted.commands())
        .containsExactly("EHLO", "MAIL", "RCPT", "DATA", "MAIL", "RCPT", "DATA");
  }

  @ParameterizedTest
  @DisplayName("S11: a used connection that fails before the content is replaced, once")
  @CsvSource({
    "MAIL, hang up",
    "RCPT, hang up",
    "DATA, hang up",
    "MAIL, silence",
    "MAIL, 421 idle too long",
    "MAIL, what?",
    "RCPT, 421 going down",
    "DATA, 421 going down"
  })
  void aUsedConnectionThatFailsIsReplaced(String command, String what) {
    // given
    sender.send(message());
    scripted.once(command, what);

    // when
    SendResult result = sender.send(message());

    // then
    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    assertThat(scripted.mails()).hasSize(2);
    assertThat(scripted.connections()).isEqualTo(2);
  }

  @Test
  @DisplayName("S11: a used connection that fails is replaced once, and not for ever")
  void aUsedConnectionIsReplacedOnce() {
    // given
    sender.send(message());
    scripted.on("MAIL", ScriptedSmtp.HANG_UP);

    // when
    SendResult result = sender.send(message());

    // then
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.NotSent.class, not -> assertThat(not.retryable()).isTrue());
    assertThat(scripted.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @DisplayName("S11: a connection on which the server said something unasked is not used again")
  @ValueSource(strings = {"421 idle too long", "250 fine", "354 go ahead"})
  void aConnectionWithSomethingUnaskedIsReplaced(String unasked) {
    // given
    sender.send(message());
    scripted.interrupt(unasked);

    // when
    SendResult result = sender.send(message());

    // then
    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    assertThat(scripted.mails()).hasSize(2);
    assertThat(scripted.connections()).isEqualTo(2);
  }

  @Test
  @DisplayName("S11: what fails after the content on a used connection is not repeated")
  void whatMayHaveBeenSentOnAUsedConnectionIsNotRepeated() {
    // given
    sender.send(message());
    scripted.once(ScriptedSmtp.END, ScriptedSmtp.HANG_UP);

    // when, then
    assertThat(sender.send(message())).isInstanceOf(SendResult.Unknown.class);
    assertThat(scripted.mails()).hasSize(2);
  }

  @Test
  void closingWaitsForWhatIsOnItsWay() throws InterruptedException {
    // given a message whose last reply does not come
    sender.close();
    sender = builder(scripted.port()).replyTimeout(Duration.ofSeconds(20)).build();
    scripted.on(ScriptedSmtp.END, ScriptedSmtp.SILENCE);
    CompletableFuture<SendResult> slow =
        CompletableFuture.supplyAsync(() -> sender.send(message()));
    await().atMost(LIMIT).until(() -> scripted.mails().size() == 1);

    // when
    Thread closer = new Thread(sender::close);
    closer.start();

    // then
    await().atMost(LIMIT).until(() -> closer.getState() == Thread.State.TIMED_WAITING);
    assertThat(slow).isNotDone();
    scripted.hangUp();
    assertThat(slow).succeedsWithin(LIMIT);
    closer.join(LIMIT.toMillis());
    assertThat(closer.isAlive()).isFalse();
  }

  @Test
  void nothingIsBegunWhenTheTimeIsOver() {
    // given
    sender.close();
    sender = builder(scripted.port()).beginWithin(Duration.ofMillis(1)).build();

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
