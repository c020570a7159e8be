package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.techcorp.error.Failure;
import com.techcorp.error.WiringException;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.InboxEffect;
import com.techcorp.messaging.OutOfSequenceException;
import com.techcorp.messaging.StreamConsumer;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.OrderEventType;
import com.techcorp.storage.WriteSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StreamConsumerTest {
  private static final String PAID = "payment.confirmed";
  private static final String CONFIRMED = "order.confirmed";
  private static final String CONSUMER = "ledger";

  private final MemoryStorage storage = MemoryStorage.create();
  private final UUID order = UUID.randomUUID();
  private final UUID product = UUID.randomUUID();
  private final List<Integer> handled = new ArrayList<>();

  /** Its effect is one unit of stock more. */
  private final Subscription subscription = subscribed(this::restock);

  private Subscription subscribed(StreamConsumer.Handler handler) {
    return StreamConsumer.subscription(
        CONSUMER,
        OrderEventType.routingKeys(),
        Set.of(CONFIRMED),
        storage.inbox(),
        storage.unitOfWork(),
        handler);
  }

  private void restock(Event event, StreamConsumer.Turn turn) {
    handled.add(event.sequence());
    assertThat(
            turn.take(
                storage.unitOfWork(), new StockEffect.Restock(product, 1, MovementType.RECEIPT)))
        .isNull();
  }

  private Event event(int sequence, String type) {
    return new Event(
        UUID.randomUUID(), OrderEventType.streamOf(order), sequence, type, JsonObject.EMPTY);
  }

  private long stock() {
    var level = storage.stock().levels(List.of(product)).get(product);
    return level == null ? 0 : level.available();
  }

  private void offer(int sequence, String type) throws Exception {
    subscription.handler().handle(event(sequence, type));
  }

  @Test
  void takesEveryTypeOfAnOrdersEvents() {
    assertThat(subscription.consumer()).isEqualTo(CONSUMER);
    assertThat(subscription.types())
        .isEqualTo(OrderEventType.routingKeys())
        .contains("order.delivered", "payment.refunded");
  }

  @Test
  void refusesATypeThatNoOrderHas() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(
            () ->
                StreamConsumer.subscription(
                    CONSUMER,
                    OrderEventType.routingKeys(),
                    Set.of("order.confirmd"),
                    storage.inbox(),
                    storage.unitOfWork(),
                    this::restock))
        .withMessageContaining("order.confirmd");
  }

  @Test
  void handlesWhatItWantsAndStepsOverTheRest() throws Exception {
    offer(1, PAID);
    offer(2, CONFIRMED);
    offer(3, "order.shipped");

    assertThat(handled).containsExactly(2);
    assertThat(stock()).isEqualTo(1);
    assertThat(storage.inbox().head(CONSUMER, OrderEventType.streamOf(order))).isEqualTo(3);
  }

  @Test
  void isDoneWithWhatItHad() throws Exception {
    offer(1, CONFIRMED);
    offer(1, CONFIRMED);

    assertThat(handled).containsExactly(1);
    assertThat(stock()).isEqualTo(1);
  }

  @Test
  void holdsBackWhatComesEarlyAndNamesWhatIsMissing() throws Exception {
    offer(1, PAID);

    assertThatExceptionOfType(OutOfSequenceException.class)
        .isThrownBy(() -> offer(3, CONFIRMED))
        .withMessage("event 3 of order " + order + " waits until ledger has had event 2")
        .satisfies(
            held -> {
              assertThat(held.stream()).isEqualTo(OrderEventType.streamOf(order));
              assertThat(held.sequence()).isEqualTo(3);
              assertThat(held.missing()).isEqualTo(2);
            });
    assertThat(handled).isEmpty();
    assertThat(storage.inbox().head(CONSUMER, OrderEventType.streamOf(order))).isEqualTo(1);
  }

  @Test
  void doesNotRepeatTheEffectWhenAnotherProcessWasFaster() throws Exception {
    // given another process that takes the event after this one looked
    Subscription slow =
        subscribed(
            (event, turn) -> {
              storage
                  .unitOfWork()
                  .commit(
                      null,
                      List.of(
                          WriteSet.of(
                              UUID.randomUUID(),
                              new InboxEffect.Advance(
                                  CONSUMER, OrderEventType.streamOf(order), event.sequence()))));
              restock(event, turn);
            });

    // when
    slow.handler().handle(event(1, CONFIRMED));

    // then
    assertThat(stock()).isZero();
    assertThat(storage.inbox().head(CONSUMER, OrderEventType.streamOf(order))).isEqualTo(1);
  }

  @Test
  void saysWhenAHandlerDidNotTakeItsTurn() {
    Subscription forgetful = subscribed((event, turn) -> {});
    assertThatIllegalStateException()
        .isThrownBy(() -> forgetful.handler().handle(event(1, CONFIRMED)))
        .withMessageContaining("without taking its turn");
    assertThat(storage.inbox().head(CONSUMER, OrderEventType.streamOf(order))).isZero();
  }

  @Test
  void tellsWhyAnEffectIsRefusedAndDoesNotTakeTheEvent() {
    List<Failure> refusals = new ArrayList<>();
    Subscription refused =
        subscribed(
            (event, turn) ->
                refusals.add(
                    turn.take(
                        storage.unitOfWork(),
                        new StockEffect.Restock(product, -1, MovementType.ADJUSTMENT))));

    assertThatIllegalStateException()
        .isThrownBy(() -> refused.handler().handle(event(1, CONFIRMED)));
    assertThat(refusals).extracting(Failure::code).containsExactly(StockEffect.OUT_OF_STOCK);
    assertThat(storage.inbox().head(CONSUMER, OrderEventType.streamOf(order))).isZero();
  }
}
