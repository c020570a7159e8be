package com.techcorp.mail;

import static com.techcorp.mail.TestMails.confirmed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.WiringException;
import com.techcorp.mail.SendGridWebhook.Received;
import com.techcorp.mail.WebhookRefusedException.Problem;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Notifier;
import com.techcorp.notification.SendResult;
import com.techcorp.notification.spi.DeliveryLog;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.RecordingSender;
import com.techcorp.testkit.SteppedClock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SendGrid reports is believed when SendGrid signed it. */
class SendGridWebhookTest {
  private static final KeyPair KEYS = keys("secp256r1");

  private final SteppedClock clock = SteppedClock.create();
  private final DeliveryLog log = MemoryStorage.create().deliveries();
  private final RecordingSender mailbox = new RecordingSender();
  private final Notifier notifier = TestMails.notifier(log, mailbox);
  private final SendGridWebhook webhook =
      SendGridWebhook.of(text(KEYS), notifier, SendGridWebhook.TOLERANCE, clock);
  private Delivery delivery;

  @BeforeEach
  void accept() {
    delivery = notifier.send(confirmed(Locale.ENGLISH, "Shirt"));
  }

  private static KeyPair keys(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(KeyPair keys) {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  private static Map<String, String> signed(KeyPair keys, Instant at, String body)
      throws Exception {
    String timestamp = String.valueOf(at.getEpochSecond());
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(keys.getPrivate());
    signer.update((timestamp + body).getBytes(StandardCharsets.UTF_8));
    Map<String, String> headers = new HashMap<>();
    headers.put(SendGridWebhook.SIGNATURE, Base64.getEncoder().encodeToString(signer.sign()));
    headers.put(SendGridWebhook.TIMESTAMP, timestamp);
    return headers;
  }

  private Received receive(String body) throws Exception {
    return receive(signed(KEYS, clock.instant(), body), body);
  }

  private Received receive(Map<String, String> headers, String body) {
    return webhook.accept(headers::get, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String event(String event, UUID delivery) {
    return "{\"email\":\"ana.souza@example.com\",\"event\":\""
        + event
        + "\",\"delivery_id\":\""
        + delivery
        + "\",\"reason\":\"550 5.1.1 <ana.souza@example.com> unknown\",\"sg_event_id\":\"x\"}";
  }

  private String events(String... kinds) {
    StringBuilder body = new StringBuilder("[");
    for (String kind : kinds) {
      body.append(body.length() == 1 ? "" : ",\r\n").append(event(kind, delivery.id()));
    }
    return body.append("]\r\n").toString();
  }

  private Delivery now() {
    return log.find(delivery.id()).orElseThrow();
  }

  private void assertRefused(Problem problem, Map<String, String> headers, String body) {
    assertThatExceptionOfType(WebhookRefusedException.class)
        .isThrownBy(() -> receive(headers, body))
        .satisfies(refused -> assertThat(refused.problem()).isEqualTo(problem));
    assertThat(now().status()).isEqualTo(DeliveryStatus.ACCEPTED);
  }

  @Test
  void aDeliveredMailIsDelivered() throws Exception {
    assertThat(receive(events("processed", "delivered", "open"))).isEqualTo(new Received(1, 0, 2));
    assertThat(now().status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(now().lastError()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bounce", "dropped"})
  void aReturnedMailIsBouncedWithAReasonThatNamesNobody(String kind) throws Exception {
    assertThat(receive(events(kind))).isEqualTo(new Received(1, 0, 0));
    assertThat(now().status()).isEqualTo(DeliveryStatus.BOUNCED);
    assertThat(now().lastError()).isEqualTo(kind + ": 550 5.1.1 *** unknown");
  }

  @Test
  void theOrderAndTheNumberOfEventsDoNotMatter() throws Exception {
    receive(events("bounce", "delivered"));
    receive(events("delivered"));
    receive(events("delivered", "bounce"));
    assertThat(now().status()).isEqualTo(DeliveryStatus.BOUNCED);
  }

  @Test
  @Tag("T30")
  @DisplayName("T30 what was ambiguous is settled by SendGrid's news")
  void whatWasAmbiguousIsSettled() throws Exception {
    // given
    mailbox.answerNext(new SendResult.Unknown("no answer"));
    delivery = notifier.send(confirmed(Locale.ENGLISH, "Shirt"));
    assertThat(now().status()).isEqualTo(DeliveryStatus.AMBIGUOUS);

    // when
    receive(events("delivered"));

    // then
    assertThat(now().status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  @Test
  void newsOfWhatIsNotOursIsCountedAndNothingMore() throws Exception {
    // given
    String body =
        "["
            + event("delivered", UUID.randomUUID())
            + ",{\"event\":\"delivered\"},{\"event\":\"bounce\",\"delivery_id\":\"7\"},7,null,"
            + "{\"event\":\"bounce\",\"delivery_id\":\"zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz\"}]";

    // when, then
    assertThat(receive(body)).isEqualTo(new Received(0, 1, 5));
  }

  @Test
  void aBodyThatWasChangedIsRefused() throws Exception {
    String body = events("delivered");
    Map<String, String> headers = signed(KEYS, clock.instant(), body);
    assertRefused(Problem.FORGED, headers, body.replace("delivered", "bounce"));
    assertRefused(Problem.FORGED, headers, body.strip());
  }

  @Test
  void aTimeThatWasChangedIsRefused() throws Exception {
    String body = events("delivered");
    Map<String, String> headers = signed(KEYS, clock.instant(), body);
    headers.put(SendGridWebhook.TIMESTAMP, String.valueOf(clock.instant().getEpochSecond() + 1));
    assertRefused(Problem.FORGED, headers, body);
  }

  @Test
  void anotherKeyIsNotBelieved() throws Exception {
    String body = events("delivered");
    assertRefused(Problem.FORGED, signed(keys("secp256r1"), clock.instant(), body), body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "no base64!", "MAYCAQECAQE="})
  void aSignatureThatIsNoneIsRefused(String signature) throws Exception {
    String body = events("delivered");
    Map<String, String> headers = signed(KEYS, clock.instant(), body);
    headers.put(SendGridWebhook.SIGNATURE, signature);
    assertThatExceptionOfType(WebhookRefusedException.class)
        .isThrownBy(() -> receive(headers, body));
    assertThat(now().status()).isEqualTo(DeliveryStatus.ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {SendGridWebhook.SIGNATURE, SendGridWebhook.TIMESTAMP})
  void aRequestWithoutAHeaderIsRefused(String missing) throws Exception {
    String body = events("delivered");
    Map<String, String> headers = signed(KEYS, clock.instant(), body);
    headers.remove(missing);
    assertRefused(Problem.UNSIGNED, headers, body);
  }

  @Test
  void aRequestOfLongAgoOrOfTheFutureIsRefused() throws Exception {
    String body = events("delivered");
    Duration more = SendGridWebhook.TOLERANCE.plusSeconds(1);
    assertRefused(Problem.STALE, signed(KEYS, clock.instant().minus(more), body), body);
    assertRefused(Problem.STALE, signed(KEYS, clock.instant().plus(more), body), body);
    assertThat(receive(signed(KEYS, clock.instant().minus(SendGridWebhook.TOLERANCE), body), body))
        .isEqualTo(new Received(1, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[{]", "{\"event\":\"delivered\"}", "7"})
  void whatIsNoArrayOfEventsIsRefused(String body) throws Exception {
    assertRefused(Problem.MALFORMED, signed(KEYS, clock.instant(), body), body);
  }

  @Test
  void aKeyThatCannotBeOneIsNotTaken() {
    for (String key : new String[] {"", "AAAA", "no key!", text(keys("secp384r1"))}) {
      assertThatExceptionOfType(WiringException.class)
          .isThrownBy(() -> SendGridWebhook.of(key, notifier));
    }
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> SendGridWebhook.of(text(KEYS), notifier, Duration.ZERO, clock));
  }
}
