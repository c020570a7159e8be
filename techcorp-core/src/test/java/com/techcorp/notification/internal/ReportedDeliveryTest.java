package com.techcorp.notification.internal;

import static com.techcorp.notification.DeliveryStatus.BOUNCED;
import static com.techcorp.notification.DeliveryStatus.DELIVERED;
import static com.techcorp.notification.DeliveryStatus.QUEUED;
import static com.techcorp.notification.DeliveryStatus.SENDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.InvalidInputException;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryDeferredException;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.SendResult;
import com.techcorp.notification.spi.DeliveryLog;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What providers tell later on. */
class ReportedDeliveryTest extends NotifierFixture {
  private UUID deliveryThatIs(DeliveryStatus status) {
    UUID id = UUID.randomUUID();
    log.queue(
        new DeliveryLog.Draft(id, EVENT, ORDER, USER, "email", "ada@example.com", "greeting"));
    log.move(id, Set.of(QUEUED), status, "before");
    return id;
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BOUNCED")
  void whatWasDeliveredIsDelivered(DeliveryStatus before) {
    UUID id = deliveryThatIs(before);
    assertThat(notifier.report(id, DELIVERED, null)).isTrue();
    assertThat(log.only().status()).isEqualTo(DELIVERED);
  }

  @ParameterizedTest
  @EnumSource
  void whatCameBackIsBounced(DeliveryStatus before) {
    UUID id = deliveryThatIs(before);
    assertThat(notifier.report(id, BOUNCED, "full")).isTrue();
    assertThat(notifier.report(id, DELIVERED, null)).isTrue();
    assertThat(log.only().status()).isEqualTo(BOUNCED);
  }

  @Test
  void theFirstReasonStands() {
    // given
    UUID id = deliveryThatIs(SENDING);

    // when
    notifier.report(id, BOUNCED, "full\0");
    notifier.report(id, BOUNCED, "again");

    // then
    assertThat(log.only().lastError()).isEqualTo("full\uFFFD");
  }

  @Test
  void whatWasReportedIsNotSentAgain() {
    // given a message of which the sender believed that it was not sent
    sender.next(() -> BUSY);
    assertThatExceptionOfType(DeliveryDeferredException.class)
        .isThrownBy(() -> notifier.send(greeting()));

    // when
    notifier.report(log.only().id(), DELIVERED, null);
    Delivery delivery = notifier.send(greeting());

    // then
    assertThat(delivery.status()).isEqualTo(DELIVERED);
    assertThat(sender.messages).hasSize(1);
  }

  @Test
  void aReportThatOvertakesTheAnswerStands() {
    // given
    sender.next(
        () -> {
          notifier.report(log.only().id(), BOUNCED, "no such user");
          return new SendResult.Accepted("1");
        });

    // when
    notifier.send(greeting());

    // then
    assertThat(log.only().status()).isEqualTo(BOUNCED);
  }

  @Test
  void whatIsNotKnownIsSaidSo() {
    assertThat(notifier.report(UUID.randomUUID(), DELIVERED, null)).isFalse();
    assertThat(log.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"DELIVERED", "BOUNCED"})
  void nothingElseCanBeReported(DeliveryStatus news) {
    UUID id = deliveryThatIs(SENDING);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> notifier.report(id, news, null));
    assertThat(log.only().status()).isEqualTo(SENDING);
  }
}
