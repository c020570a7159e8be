package com.techcorp.mail;

import static com.techcorp.mail.TestMails.RECIPIENT;
import static com.techcorp.mail.TestMails.confirmed;
import static com.techcorp.mail.TestMails.message;
import static com.techcorp.mail.TestMails.messageTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.techcorp.error.WiringException;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryDeferredException;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Message;
import com.techcorp.notification.Notification;
import com.techcorp.notification.Notifier;
import com.techcorp.notification.SendResult;
import com.techcorp.notification.spi.DeliveryLog;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.SteppedClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails to something that answers as SendGrid does, well or badly. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SendGridSenderIT {
  private static final String KEY = "SG.s3cret-key";
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final SendGridStub sendGrid = new SendGridStub();
  private final SteppedClock clock = SteppedClock.create();
  private final AtomicLong nanos = new AtomicLong();
  private final SendGridSender sender = sender(sendGrid.uri());
  private final DeliveryLog log = MemoryStorage.create().deliveries();
  private final Notifier notifier = TestMails.notifier(log, sender);
  private final Notification notification = confirmed(Locale.ENGLISH, "<script>");

  private SendGridSender sender(URI uri) {
    return builder(uri).build();
  }

  private SendGridSender.Builder builder(URI uri) {
    return SendGridSender.builder(KEY, TestMails.FROM)
        .baseUri(uri)
        .replyTo("help@shop.example")
        .connectTimeout(TIMEOUT.dividedBy(2))
        .timeout(TIMEOUT)
        .clock(clock)
        .nanoTime(nanos::get);
  }

  @AfterEach
  void close() {
    sender.close();
    sendGrid.close();
  }

  private void assertLogged(DeliveryStatus status) {
    assertThat(log.about(notification.stream()))
        .extracting(Delivery::status)
        .containsExactly(status);
  }

  private void assertNotYetSent() {
    assertThatExceptionOfType(DeliveryDeferredException.class)
        .isThrownBy(() -> notifier.send(notification));
    assertLogged(DeliveryStatus.QUEUED);
  }

  @Test
  void aMailSaysAllThatSendGridNeeds() {
    // given
    Message message = message();

    // when
    SendResult result = sender.send(message);

    // then
    assertThat(result).isEqualTo(new SendResult.Accepted("sg-1"));
    SendGridStub.Request request = sendGrid.requests().get(0);
    assertThat(request.method() + " " + request.path()).isEqualTo("POST /v3/mail/send");
    assertThat(request.headers().get("Authorization")).containsExactly("Bearer " + KEY);
    assertThat(request.headers().get("Content-type")).containsExactly("application/json");
    JsonNode mail = request.body();
    assertThat(mail.at("/personalizations/0/to/0/email").asText()).isEqualTo(RECIPIENT);
    assertThat(mail.at("/from/email").asText()).isEqualTo("orders@shop.example");
    assertThat(mail.at("/from/name").asText()).isEqualTo("Loja São João");
    assertThat(mail.at("/reply_to/email").asText()).isEqualTo("help@shop.example");
    assertThat(mail.at("/subject").asText()).isEqualTo("Olá, Ana");
    assertThat(mail.at("/content/0/type").asText()).isEqualTo("text/plain");
    assertThat(mail.at("/content/0/value").asText()).isEqualTo("Hello Ana\n");
    assertThat(mail.at("/content/1/type").asText()).isEqualTo("text/html");
    assertThat(mail.at("/content/1/value").asText()).isEqualTo("<p>Hello Ana</p>");
    assertThat(mail.at("/custom_args/delivery_id").asText())
        .isEqualTo(message.deliveryId().toString());
    assertThat(mail.at("/categories/0").asText()).isEqualTo("greeting");
  }

  @Test
  void anAcceptedMailIsRecordedAndSentOnce() {
    assertThat(notifier.send(notification).status()).isEqualTo(DeliveryStatus.ACCEPTED);
    assertThat(notifier.send(notification).status()).isEqualTo(DeliveryStatus.ACCEPTED);
    assertThat(sendGrid.requests()).hasSize(1);
    JsonNode mail = sendGrid.requests().get(0).body();
    assertThat(mail.at("/content/0/value").asText()).contains("<script>");
    assertThat(mail.at("/content/1/value").asText())
        .contains("&lt;script&gt;")
        .doesNotContain("<script>");
  }

  @Test
  void aMailIsSentAgainAfterTheRateLimitAndNotBefore() {
    // given
    sendGrid.then(429, "{}", "Retry-After", "20");
    assertNotYetSent();

    // when it is offered again too early
    nanos.addAndGet(Duration.ofSeconds(19).toNanos());
    assertNotYetSent();

    // then SendGrid is not even asked
    assertThat(sendGrid.requests()).hasSize(1);

    // when
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    notifier.send(notification);

    // then
    assertLogged(DeliveryStatus.ACCEPTED);
    assertThat(sendGrid.requests()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "X-RateLimit-Reset, 1718452805, 5",
    "Retry-After, 'Sat, 15 Jun 2024 12:00:05 GMT', 5",
    "Retry-After, whenever, 1",
    "X-RateLimit-Reset, 1718452700, 1",
    "Retry-After, 86400, 60"
  })
  void aPauseIsAsLongAsItIsAskedForWithinBounds(String header, String value, long seconds) {
    // given
    sendGrid.then(429, "", header, value);
    sender.send(message());

    // when, then
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos() - 1);
    assertThat(sender.send(message())).isInstanceOf(SendResult.NotSent.class);
    nanos.incrementAndGet();
    assertThat(sender.send(message())).isInstanceOf(SendResult.Accepted.class);
  }

  @ParameterizedTest
  @Tag("T30")
  @DisplayName("T30 a server's error proves nothing: AMBIGUOUS, and not repeated")
  @ValueSource(ints = {500, 502, 503, 504, 200})
  void aServersErrorIsAmbiguous(int status) {
    // given
    sendGrid.then(status, "");

    // when
    Delivery delivery = notifier.send(notification);
    notifier.send(notification);

    // then
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.AMBIGUOUS);
    assertLogged(DeliveryStatus.AMBIGUOUS);
    assertThat(sendGrid.requests()).hasSize(1);
  }

  @Test
  void aServerThatAsksToComeAgainIsAskedAgain() {
    // given
    sendGrid.then(503, "", "Retry-After", "3");
    assertNotYetSent();

    // when
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    notifier.send(notification);

    // then
    assertLogged(DeliveryStatus.ACCEPTED);
  }

  @Test
  @Tag("T30")
  @DisplayName("T30 no answer in time: AMBIGUOUS, and not repeated")
  void noAnswerIsAmbiguous() {
    // given
    sendGrid.thenNothing();

    // when
    Delivery delivery = notifier.send(notification);
    notifier.send(notification);

    // then
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.AMBIGUOUS);
    assertThat(delivery.lastError()).contains("SocketTimeoutException");
    assertLogged(DeliveryStatus.AMBIGUOUS);
    assertThat(sendGrid.requests()).hasSize(1);
  }

  @Test
  @Tag("T30")
  @DisplayName("T30 a lost connection: AMBIGUOUS, and not repeated")
  void aLostConnectionIsAmbiguous() {
    // given a connection that was used before
    sender.send(message());
    sendGrid.thenHangUp();

    // when
    notifier.send(notification);
    notifier.send(notification);

    // then
    assertLogged(DeliveryStatus.AMBIGUOUS);
    assertThat(sendGrid.requests()).hasSize(2);
  }

  @Test
  void aSlowAnswerWithinTheTimeCounts() {
    // given
    sendGrid.then(
        exchange -> {
          new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });

    // when
    notifier.send(notification);

    // then
    assertLogged(DeliveryStatus.ACCEPTED);
  }

  @Test
  void aHeadSaysEnoughWhenItsBodyNeverEnds() {
    sendGrid.thenHeadOnly(400).thenHeadOnly(202);
    assertThat(sender.send(message())).isEqualTo(new SendResult.NotSent("SendGrid: 400", false));
    assertThat(sender.send(message())).isInstanceOf(SendResult.Accepted.class);
  }

  @Test
  void aRefusedConnectionIsTriedAgain() {
    // given
    sendGrid.close();

    // when, then
    assertNotYetSent();
    assertThat(log.about(notification.stream()).get(0).lastError()).contains("no connection");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 301, 408})
  void whatSomebodyMustMendIsTriedAgain(int status) {
    // given
    sendGrid.then(status, "{\"errors\":[{\"message\":\"bad key\"}]}");

    // when, then
    assertNotYetSent();
    notifier.send(notification);
    assertLogged(DeliveryStatus.ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 415})
  void aMailThatIsRefusedFails(int status) {
    // given
    sendGrid.then(status, "{\"errors\":[{\"message\":\"no\"}]}");

    // when
    notifier.send(notification);

    // then
    assertLogged(DeliveryStatus.FAILED);
  }

  @Test
  void aReasonNamesNeitherKeyNorRecipient() {
    // given
    sendGrid.then(
        400, "{\"errors\":[{\"message\":\"ana.souza@example.com (Ana.Souza) is\\nno address\"}]}");

    // when
    SendResult result = sender.send(messageTo("ana.souza@example.com"));

    // then
    assertThat(result)
        .isEqualTo(new SendResult.NotSent("SendGrid: 400 *** (***) is no address", false));
    assertThat(sender.toString()).doesNotContain(KEY);
  }

  @Test
  void onlyTheBeginningOfAnEndlessBodyIsRead() {
    // given
    sendGrid.then(400, "x".repeat(1_000_000));

    // when, then
    assertThat(sender.send(message())).isEqualTo(new SendResult.NotSent("SendGrid: 400", false));
  }

  @Test
  void whatIsNoAddressIsNotEvenAskedFor() {
    for (String recipient : List.of("ana", "a@b.example,c@d.example", "Ana <a@b.example>")) {
      assertThat(sender.send(messageTo(recipient)))
          .isInstanceOfSatisfying(
              SendResult.NotSent.class, not -> assertThat(not.retryable()).isFalse());
    }
    assertThat(sendGrid.requests()).isEmpty();
  }

  @Test
  void aConnectionThatIdledForLongIsNotUsedAgain() {
    // given
    Duration idleTime = Duration.ofMillis(1);
    try (SendGridSender forgetful = builder(sendGrid.uri()).idleTime(idleTime).build()) {
      forgetful.send(message());

      // when more than a millisecond has passed
      await().pollDelay(Duration.ofMillis(20)).atMost(Duration.ofSeconds(30)).until(() -> true);
      SendResult result = forgetful.send(message());

      // then
      assertThat(result).isInstanceOf(SendResult.Accepted.class);
      assertThat(sendGrid.ports()).doesNotHaveDuplicates().hasSize(2);
    }
  }

  @Test
  void aConnectionThatTheServerEndedIsNoticedBeforeTheNextMail() {
    // given a server that ends the connection after its answer
    sendGrid.then(202, "", "Connection", "close");
    sender.send(message());

    // when
    SendResult result = sender.send(message());

    // then
    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    assertThat(sendGrid.requests()).hasSize(2);
  }

  @Test
  void aConnectionServesOneMailAfterAnother() {
    for (int i = 0; i < 3; i++) {
      assertThat(sender.send(message())).isInstanceOf(SendResult.Accepted.class);
    }
    assertThat(sendGrid.ports()).hasSize(3).containsOnly(sendGrid.ports().get(0));
  }

  @Test
  void whoIsClosedSendsNothing() {
    sender.close();
    sender.close();
    assertThat(sender.send(message())).isEqualTo(new SendResult.NotSent("SendGrid: closed", true));
    assertThat(sendGrid.requests()).isEmpty();
  }

  @Test
  void closingWaitsForWhatIsOnItsWay() {
    // given
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    sendGrid.then(
        exchange -> {
          asked.countDown();
          answer.await();
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    try (SendGridSender patient = builder(sendGrid.uri()).timeout(Duration.ofSeconds(60)).build()) {
      CompletableFuture<SendResult> sent =
          CompletableFuture.supplyAsync(() -> patient.send(message()));
      await().atMost(Duration.ofSeconds(30)).until(() -> asked.getCount() == 0);

      // when
      Thread closer = new Thread(patient::close);
      closer.start();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> closer.getState() == Thread.State.TIMED_WAITING);
      answer.countDown();

      // then
      assertThat(sent.join()).isInstanceOf(SendResult.Accepted.class);
    }
  }

  @Test
  void aSenderThatCouldNotWorkIsNotBuilt() {
    SendGridSender.Builder builder = SendGridSender.builder(KEY, TestMails.FROM);
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> builder.baseUri(URI.create("http://api.example.com")).build())
        .withMessageContaining("https");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> SendGridSender.of(KEY + "\n", TestMails.FROM))
        .withMessageNotContaining(KEY);
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> SendGridSender.of(KEY, "shop"));
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(
            () ->
                SendGridSender.builder(KEY, TestMails.FROM).timeout(Duration.ofMinutes(2)).build());
  }
}
