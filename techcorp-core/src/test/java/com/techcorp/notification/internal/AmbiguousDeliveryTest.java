package com.techcorp.notification.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.UnavailableException;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryDeferredException;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.SendResult;
import java.net.SocketTimeoutException;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sends of which nobody knows how they ended. */
class AmbiguousDeliveryTest extends NotifierFixture {
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
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> notifier.send(greeting()));
    DefaultNotifier restarted = notifier();

    // when the event is offered again at once
    assertThatExceptionOfType(DeliveryDeferredException.class)
        .isThrownBy(() -> restarted.send(greeting()));

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
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> notifier.send(greeting()));
    UUID abandoned = log.only().id();

    // when
    log.later(LONGEST_SEND.plusSeconds(1));
    nanos.addAndGet(LONGEST_SEND.toNanos());
    notifier.send(greetingFor(UUID.randomUUID()));

    // then
    assertThat(log.about(ORDER))
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

  /** A send that is given up, and answers only then. */
  private void sendsLate(SendResult result) {
    sender.next(
        () -> {
          log.later(LONGEST_SEND.plusSeconds(1));
          notifier.abandonStale();
          return result;
        });
  }

  @Test
  @DisplayName("S10: what was given up, and surely was not sent, is queued and sent again")
  void queuesAgainWhatWasNotSentAndWasGivenUpMeanwhile() {
    // given
    sendsLate(BUSY);

    // when
    assertThatExceptionOfType(DeliveryDeferredException.class)
        .isThrownBy(() -> notifier.send(greeting()));

    // then
    assertThat(log.only().status()).isEqualTo(DeliveryStatus.QUEUED);
    assertThat(log.only().lastError()).isEqualTo("421 try later");

    // when
    Delivery again = notifier.send(greeting());

    // then
    assertThat(again.status()).isEqualTo(DeliveryStatus.ACCEPTED);
    assertThat(sender.messages).hasSize(2);
  }

  @Test
  void failsWhatWasRefusedAndWasGivenUpMeanwhile() {
    // given
    sendsLate(REFUSED);

    // when
    Delivery delivery = notifier.send(greeting());

    // then
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(log.only().status()).isEqualTo(DeliveryStatus.FAILED);
  }

  @Test
  @DisplayName("S10: what the provider reported meanwhile stands against a late answer")
  void keepsWhatWasReportedMeanwhile() {
    // given
    sender.next(
        () -> {
          notifier.report(log.only().id(), DeliveryStatus.DELIVERED, null);
          return BUSY;
        });

    // when
    Delivery delivery = notifier.send(greeting());

    // then
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(log.only().status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(sender.messages).hasSize(1);
  }

  @Test
  void leavesTheSendToWhoeverWasFirst() {
    // given another process that takes the delivery between our look and our move
    notifier.send(greeting()); // nothing to do with it: the first sweep is over
    UUID event = UUID.randomUUID();
    sender.next(
        () -> {
          DefaultNotifier other = notifier();
          assertThatExceptionOfType(DeliveryDeferredException.class)
              .isThrownBy(() -> other.send(greetingFor(event)));
          return new SendResult.Accepted("1");
        });

    // when
    Delivery delivery = notifier.send(greetingFor(event));

    // then
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.ACCEPTED);
    assertThat(sender.messages).hasSize(2);
  }
}
