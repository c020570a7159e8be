package com.techcorp.contracts;

import static com.techcorp.notification.DeliveryStatus.ACCEPTED;
import static com.techcorp.notification.DeliveryStatus.AMBIGUOUS;
import static com.techcorp.notification.DeliveryStatus.FAILED;
import static com.techcorp.notification.DeliveryStatus.QUEUED;
import static com.techcorp.notification.DeliveryStatus.SENDING;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.UserEventType;
import com.techcorp.messaging.EventStream;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.spi.DeliveryLog;
import com.techcorp.order.OrderEventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a {@link DeliveryLog} promises. */
public abstract class DeliveryLogContract extends StorageContract {
  private static final Duration LONGEST_SEND = Duration.ofMinutes(2);

  private final EventStream order = OrderEventType.streamOf(newId());
  private final UUID event = newId();

  /** For subclasses. */
  protected DeliveryLogContract() {}

  private DeliveryLog log() {
    return storage().deliveries();
  }

  private DeliveryLog.Draft draft(String channel, String recipient) {
    return new DeliveryLog.Draft(
        newId(), event, order, newId(), channel, recipient, "order_confirmed");
  }

  private Delivery queued() {
    return log().queue(draft("email", "a@example.com"));
  }

  private Delivery read(UUID id) {
    return log().about(order).stream()
        .filter(delivery -> delivery.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void queuesADelivery() {
    // given
    DeliveryLog.Draft draft = draft("email", "a@example.com");

    // when
    Delivery delivery = log().queue(draft);

    // then
    assertThat(delivery)
        .returns(draft.id(), Delivery::id)
        .returns(event, Delivery::eventId)
        .returns(order, Delivery::stream)
        .returns(draft.userId(), Delivery::userId)
        .returns("email", Delivery::channel)
        .returns("a@example.com", Delivery::recipient)
        .returns("order_confirmed", Delivery::template)
        .returns(QUEUED, Delivery::status)
        .returns(0, Delivery::attempt)
        .returns(null, Delivery::lastError);
    assertThat(log().about(order)).containsExactly(delivery);
    assertThat(log().about(OrderEventType.streamOf(newId()))).isEmpty();
  }

  @Test
  void findsADeliveryByItsId() {
    // given
    Delivery delivery = queued();
    log().queue(draft("sms", "b@example.com"));

    // when, then
    assertThat(log().find(delivery.id())).contains(delivery);
    assertThat(log().find(newId())).isEmpty();
  }

  @Test
  void queuesOnceForAnEventAChannelAndARecipient() {
    // given
    Delivery first = queued();
    log().move(first.id(), Set.of(QUEUED), SENDING, null);

    // when
    Delivery again = queued();

    // then
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.status()).isEqualTo(SENDING);
    assertThat(log().about(order)).hasSize(1);
  }

  @Test
  void queuesOnceForManyThreads() throws Exception {
    List<Delivery> deliveries = Threads.together(6, thread -> () -> queued());
    assertThat(deliveries).extracting(Delivery::id).containsOnly(deliveries.get(0).id());
    assertThat(log().about(order)).hasSize(1);
  }

  @Test
  void keepsOtherChannelsAndRecipientsApartOldestFirst() {
    // when
    List<Delivery> queued = new ArrayList<>();
    for (DeliveryLog.Draft draft :
        List.of(
            draft("email", "a@example.com"),
            draft("email", "b@example.com"),
            draft("sms", "a@example.com"))) {
      queued.add(log().queue(draft));
      advance(Duration.ofSeconds(1));
    }

    // then
    assertThat(log().about(order)).containsExactlyElementsOf(queued);
  }

  @Test
  void keepsStreamsOfDifferentTypesApart() {
    // given
    EventStream user = UserEventType.streamOf(order.id());
    Delivery aboutTheOrder = queued();

    // when
    Delivery aboutTheUser =
        log()
            .queue(
                new DeliveryLog.Draft(
                    newId(), newId(), user, user.id(), "email", "a@example.com", "t"));

    // then
    assertThat(log().about(order)).containsExactly(aboutTheOrder);
    assertThat(log().about(user)).containsExactly(aboutTheUser);
    assertThat(log().find(aboutTheUser.id())).contains(aboutTheUser);
  }

  @Test
  void movesADeliveryOn() {
    // given
    Delivery delivery = queued();
    advance(Duration.ofSeconds(1));

    // when, then: each SENDING is an attempt
    assertThat(log().move(delivery.id(), Set.of(QUEUED), SENDING, null)).isTrue();
    assertThat(read(delivery.id()).attempt()).isEqualTo(1);
    assertThat(log().move(delivery.id(), Set.of(SENDING), QUEUED, "no connection")).isTrue();
    assertThat(read(delivery.id()))
        .returns("no connection", Delivery::lastError)
        .returns(1, Delivery::attempt);
    assertThat(log().move(delivery.id(), Set.of(QUEUED, FAILED), SENDING, null)).isTrue();
    assertThat(log().move(delivery.id(), Set.of(SENDING), ACCEPTED, null)).isTrue();
    Delivery accepted = read(delivery.id());
    assertThat(accepted).returns(ACCEPTED, Delivery::status).returns(2, Delivery::attempt);
    assertThat(accepted.updatedAt()).isAfter(accepted.createdAt());
  }

  @Test
  @DisplayName("S10: what was given up and surely was not sent is queued again")
  void queuesAgainWhatWasGivenUp() {
    // given
    Delivery delivery = queued();
    log().move(delivery.id(), Set.of(QUEUED), SENDING, null);
    assertThat(log().abandonSending(Duration.ofSeconds(-1))).isPositive();
    assertThat(read(delivery.id()).status()).isEqualTo(AMBIGUOUS);

    // when
    boolean moved = log().move(delivery.id(), Set.of(SENDING, AMBIGUOUS), QUEUED, "421 busy");

    // then it is tried again, as another attempt
    assertThat(moved).isTrue();
    assertThat(queued()).returns(QUEUED, Delivery::status).returns("421 busy", Delivery::lastError);
    assertThat(log().move(delivery.id(), Set.of(QUEUED), SENDING, null)).isTrue();
    assertThat(read(delivery.id()).attempt()).isEqualTo(2);
  }

  @Test
  void refusesAMoveFromAnotherState() {
    Delivery delivery = queued();
    assertThat(log().move(delivery.id(), Set.of(SENDING), ACCEPTED, null)).isFalse();
    assertThat(log().move(newId(), Set.of(QUEUED), SENDING, null)).isFalse();
    assertThat(read(delivery.id())).isEqualTo(delivery);
  }

  @Test
  void letsOneOfManySend() throws Exception {
    Delivery delivery = queued();
    List<Boolean> moved =
        Threads.together(
            6, thread -> () -> log().move(delivery.id(), Set.of(QUEUED), SENDING, null));
    assertThat(moved).containsOnlyOnce(true);
    assertThat(read(delivery.id()).attempt()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void abandonsOnlyWhatIsSendingForTooLong(DeliveryStatus status) {
    // given: no other test's sends
    advance(LONGEST_SEND);
    log().abandonSending(Duration.ofSeconds(1));
    Delivery delivery = queued();
    if (status != QUEUED) {
      log().move(delivery.id(), Set.of(QUEUED), status, null);
    }

    // when
    advance(LONGEST_SEND.minusSeconds(1));
    log().abandonSending(LONGEST_SEND);
    DeliveryStatus early = read(delivery.id()).status();
    advance(Duration.ofSeconds(2));
    int abandoned = log().abandonSending(LONGEST_SEND);

    // then
    assertThat(early).isEqualTo(status);
    assertThat(read(delivery.id()).status()).isEqualTo(status == SENDING ? AMBIGUOUS : status);
    assertThat(abandoned).isEqualTo(status == SENDING ? 1 : 0);
  }
}
