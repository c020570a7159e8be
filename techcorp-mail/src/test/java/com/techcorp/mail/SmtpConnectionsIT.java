package com.techcorp.mail;

import static com.techcorp.mail.TestMails.impatient;
import static com.techcorp.mail.TestMails.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.notification.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections are used again, waited for, replaced once if they fail, and ended. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmtpConnectionsIT {
  /** What a busy machine does not reach. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ScriptedSmtp scripted = new ScriptedSmtp();
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private SmtpSender sender = impatient(scripted.port()).build();

  @AfterEach
  void close() {
    sender.close();
    scripted.close();
    callers.shutdownNow();
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
    sender = impatient(scripted.port()).idleTime(Duration.ofMillis(50)).build();

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
    sender = impatient(scripted.port()).connections(1).replyTimeout(Duration.ofSeconds(20)).build();
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
        impatient(scripted.port())
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
    sender = impatient(scripted.port()).replyTimeout(Duration.ofSeconds(20)).build();
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
}
