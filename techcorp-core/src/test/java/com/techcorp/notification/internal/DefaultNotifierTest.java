package com.techcorp.notification.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.Unavailable;
import com.techcorp.error.WiringError;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.LoggingSender;
import com.techcorp.notification.NotYetSent;
import com.techcorp.notification.Notification;
import com.techcorp.notification.SendResult;
import com.techcorp.notification.Template;
import com.techcorp.notification.TemplateError;
import com.techcorp.notification.TemplateSource;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DefaultNotifierTest {
  private static final Duration LONGEST_SEND = Duration.ofMinutes(2);
  private static final SendResult BUSY = new SendResult.NotSent("421 try later", true);
  private static final SendResult REFUSED = new SendResult.NotSent("550 no such user", false);

  private final DeliveryLogFake log = new DeliveryLogFake();
  private final SenderFake sender = new SenderFake();
  private final AtomicLong nanos = new AtomicLong();
  private final DefaultNotifier notifier = notifier();

  /** A process of its own over the same log. */
  private DefaultNotifier notifier() {
    TemplateSource templates =
        (name, locale) ->
            name.equals("greeting") && locale.equals(Locale.ENGLISH)
                ? Optional.of(new Template("Hi {{name}}", "Hello {{name}}", "<p>{{name}}</p>"))
                : Optional.empty();
    return new DefaultNotifier(log, templates, List.of(sender), LONGEST_SEND, nanos::get);
  }

  @Test
  void sendsAndRemembersThatItWasAccepted() {
    // when
    Delivery delivery = notifier.send(greeting());

    // then
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.ACCEPTED);
    assertThat(delivery.attempt()).isEqualTo(1);
    assertThat(log.only().status()).isEqualTo(DeliveryStatus.ACCEPTED);
    assertThat(sender.messages)
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.recipient()).isEqualTo("ada@example.com");
              assertThat(message.subject()).isEqualTo("Hi Ada");
              assertThat(message.text()).isEqualTo("Hello Ada");
              assertThat(message.deliveryId()).isEqualTo(log.only().id());
            });
  }

  @Test
  void hasCommittedThatItIsSendingBeforeItSends() {
    // given
    sender.next(
        () -> {
          assertThat(log.only().status()).isEqualTo(DeliveryStatus.SENDING);
          return new SendResult.Accepted("1");
        });

    // when
    Delivery delivery = notifier.send(greeting());

    // then
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.ACCEPTED);
  }

  @Test
  void sendsTheSameNotificationOnce() {
    // when
    notifier.send(greeting());
    Delivery again = notifier.send(greeting());

    // then
    assertThat(again.status()).isEqualTo(DeliveryStatus.ACCEPTED);
    assertThat(sender.messages).hasSize(1);
  }

  @Test
  void sendsAgainWhatSurelyWasNotSent() {
    // given
    sender.next(() -> BUSY);

    // when
    assertThatExceptionOfType(NotYetSent.class)
        .isThrownBy(() -> notifier.send(greeting()))
        .withMessageContaining("421 try later");

    // then
    assertThat(log.only().status()).isEqualTo(DeliveryStatus.QUEUED);
    assertThat(log.only().lastError()).isEqualTo("421 try later");

    // when
    notifier.send(greeting());

    // then
    assertThat(log.only().status()).isEqualTo(DeliveryStatus.ACCEPTED);
    assertThat(log.only().attempt()).isEqualTo(2);
    assertThat(sender.messages).extracting(m -> m.deliveryId()).containsOnly(log.only().id());
  }

  @Test
  void givesUpWhatTheProviderRefuses() {
    // given
    sender.next(() -> REFUSED);

    // when
    Delivery delivery = notifier.send(greeting());
    notifier.send(greeting());

    // then
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(log.only().lastError()).isEqualTo("550 no such user");
    assertThat(sender.messages).hasSize(1);
  }

  @Test
  @Tag("T30")
  void neverRepeatsWhatMayHaveBeenSent() {
    // given
    sender.next(() -> new SendResult.Unknown("no answer"));

    // when
    Delivery delivery = notifier.send(greeting());
    Delivery again = notifier.send(greeting());

    // then
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.AMBIGUOUS);
    assertThat(again.status()).isEqualTo(DeliveryStatus.AMBIGUOUS);
    assertThat(sender.messages).hasSize(1);
  }

  @Test
  @Tag("T30")
  void takesAnExceptionForAnUnknownResult() {
    // given
    sender.next(
        () -> {
          throw new SocketTimeoutException("read timed out");
        });

    // when
    Delivery delivery = notifier.send(greeting());

    // then
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.AMBIGUOUS);
    assertThat(delivery.lastError()).isEqualTo("java.net.SocketTimeoutException: read timed out");
  }

  @Test
  @Tag("T30")
  void doesNotRepeatASendAfterACrashBeforeItsResultWasRecorded() {
    // given a process that ends between the provider's answer and its own commit
    log.crashBeforeMovingTo(DeliveryStatus.ACCEPTED);
    assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> notifier.send(greeting()));
    DefaultNotifier restarted = notifier();

    // when the event is offered again at once
    assertThatExceptionOfType(NotYetSent.class).isThrownBy(() -> restarted.send(greeting()));

    // then it waits: the other process may still be at it
    assertThat(log.only().status()).isEqualTo(DeliveryStatus.SENDING);

    // when no send can take that long any more
    log.later(LONGEST_SEND.plusSeconds(1));
    Delivery delivery = restarted.send(greeting());

    // then
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.AMBIGUOUS);
    assertThat(log.only().status()).isEqualTo(DeliveryStatus.AMBIGUOUS);
    assertThat(sender.messages).hasSize(1);
  }

  @Test
  void abandonsNowAndThenWhatOthersLeft() {
    // given
    log.crashBeforeMovingTo(DeliveryStatus.ACCEPTED);
    assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> notifier.send(greeting()));
    UUID abandoned = log.only().id();

    // when
    log.later(LONGEST_SEND.plusSeconds(1));
    nanos.addAndGet(LONGEST_SEND.toNanos());
    notifier.send(greetingFor(UUID.randomUUID()));

    // then
    assertThat(log.ofOrder(ORDER))
        .filteredOn(delivery -> delivery.id().equals(abandoned))
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.AMBIGUOUS);
  }

  @Test
  void recordsWhatIsTrueWhenASlowSendWasGivenUpMeanwhile() {
    // given
    sender.next(
        () -> {
          log.later(LONGEST_SEND.plusSeconds(1));
          notifier.abandonStale();
          return new SendResult.Accepted("late");
        });

    // when
    notifier.send(greeting());

    // then
    assertThat(log.only().status()).isEqualTo(DeliveryStatus.ACCEPTED);
  }

  @Test
  void failsWhatWasNotSentAndWasGivenUpMeanwhile() {
    // given
    sender.next(
        () -> {
          log.later(LONGEST_SEND.plusSeconds(1));
          notifier.abandonStale();
          return BUSY;
        });

    // when
    Delivery delivery = notifier.send(greeting());

    // then
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(log.only().status()).isEqualTo(DeliveryStatus.FAILED);
  }

  @Test
  void leavesTheSendToWhoeverWasFirst() {
    // given another process that takes the delivery between our look and our move
    notifier.send(greeting()); // nothing to do with it: the first sweep is over
    UUID event = UUID.randomUUID();
    sender.next(
        () -> {
          DefaultNotifier other = notifier();
          assertThatExceptionOfType(NotYetSent.class)
              .isThrownBy(() -> other.send(greetingFor(event)));
          return new SendResult.Accepted("1");
        });

    // when
    Delivery delivery = notifier.send(greetingFor(event));

    // then
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.ACCEPTED);
    assertThat(sender.messages).hasSize(2);
  }

  @Test
  void tellsWhichValueATemplateLacks() {
    // given
    Notification nameless = greeting("greeting", Map.of("nick", "Ada"));

    // when
    assertThatExceptionOfType(TemplateError.class)
        .isThrownBy(() -> notifier.send(nameless))
        .withMessageContaining("greeting (en), subject")
        .withMessageContaining("'name'")
        .withMessageContaining("[nick]");

    // then
    assertThat(log.only().status()).isEqualTo(DeliveryStatus.QUEUED);
    assertThat(log.only().lastError()).contains("'name'");
    assertThat(sender.messages).isEmpty();
  }

  @Test
  void tellsThatATemplateIsMissing() {
    assertThatExceptionOfType(TemplateError.class)
        .isThrownBy(() -> notifier.send(greeting("farewell", Map.of())))
        .withMessageContaining("'farewell'");
  }

  @Test
  void tellsThatAChannelHasNoSender() {
    Notification sms =
        new Notification(EVENT, ORDER, USER, "sms", "+55 11", "greeting", Locale.ENGLISH, Map.of());

    assertThatExceptionOfType(WiringError.class)
        .isThrownBy(() -> notifier.send(sms))
        .withMessageContaining("'sms'");
    assertThat(log.isEmpty()).isTrue();
  }

  @Test
  void refusesTwoSendersOfOneChannel() {
    assertThatExceptionOfType(WiringError.class)
        .isThrownBy(
            () ->
                new DefaultNotifier(
                    log, TemplateSource.builtIn(), Set.of(sender, new LoggingSender())))
        .withMessageContaining("'email'");
  }

  @Test
  void masksRecipients() {
    assertThat(Masking.recipient("ada@example.com")).isEqualTo("a***@example.com");
    assertThat(Masking.recipient("+5511999")).isEqualTo("***");
    assertThat(greeting().toString()).doesNotContain("ada");
  }

  private static final UUID EVENT = UUID.randomUUID();
  private static final UUID ORDER = UUID.randomUUID();
  private static final UUID USER = UUID.randomUUID();

  private static Notification greeting() {
    return greetingFor(EVENT);
  }

  private static Notification greetingFor(UUID event) {
    return new Notification(
        event,
        ORDER,
        USER,
        "email",
        "ada@example.com",
        "greeting",
        Locale.ENGLISH,
        Map.of("name", "Ada"));
  }

  private static Notification greeting(String template, Map<String, Object> data) {
    return new Notification(
        EVENT, ORDER, USER, "email", "ada@example.com", template, Locale.ENGLISH, data);
  }
}
