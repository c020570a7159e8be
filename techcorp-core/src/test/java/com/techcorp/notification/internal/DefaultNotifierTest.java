package com.techcorp.notification.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.WiringException;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryDeferredException;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Notification;
import com.techcorp.notification.ResourceTemplates;
import com.techcorp.notification.SendResult;
import com.techcorp.notification.TemplateException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefaultNotifierTest extends NotifierFixture {
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
    assertThatExceptionOfType(DeliveryDeferredException.class)
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
  void tellsWhichValueATemplateLacks() {
    // given
    Notification nameless = greeting("greeting", Map.of("nick", "Ada"));

    // when
    assertThatExceptionOfType(TemplateException.class)
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
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> notifier.send(greeting("farewell", Map.of())))
        .withMessageContaining("'farewell'");
  }

  @Test
  void tellsThatAChannelHasNoSender() {
    Notification sms =
        new Notification(EVENT, ORDER, USER, "sms", "+55 11", "greeting", Locale.ENGLISH, Map.of());

    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> notifier.send(sms))
        .withMessageContaining("'sms'");
    assertThat(log.isEmpty()).isTrue();
  }

  @Test
  void refusesTwoSendersOfOneChannel() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(
            () ->
                new DefaultNotifier(
                    log,
                    ResourceTemplates.builtIn(),
                    Set.of(sender, new LoggingSender()),
                    System::nanoTime))
        .withMessageContaining("'email'");
  }

  @Test
  void masksRecipients() {
    assertThat(Masking.recipient("ada@example.com")).isEqualTo("a***@example.com");
    assertThat(Masking.recipient("+5511999")).isEqualTo("***");
    assertThat(greeting().toString()).doesNotContain("ada");
  }
}
