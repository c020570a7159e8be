package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.SoldOutException;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.order.SoldOutOptions;
import com.techcorp.saga.SagaFilter;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A product is sold out: who is told so, and that the others are not concerned. */
public abstract class OrderSoldOutContract extends OrderScenario {
  /** For subclasses. */
  protected OrderSoldOutContract() {}

  private void notRecorded() {
    orderOptions = orderOptions.withSoldOut(SoldOutOptions.DEFAULT.withRecorded(false));
  }

  private void assertSoldOut(OrderReceipt receipt, UUID product) {
    assertThat(outcome(receipt))
        .isEqualTo(
            new OrderOutcome.Cancelled(receipt.orderId(), new CancelReason.OutOfStock(product)));
  }

  @Test
  void whatIsSoldOutIsRecordedAsCancelled() {
    // given
    UUID product = stocked(1);
    confirmed(product, 1);

    // when: the storage refuses the first, and memory those after it
    List<OrderReceipt> refused = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      refused.add(place(product, 1));
    }

    // then
    for (OrderReceipt receipt : refused) {
      assertSoldOut(receipt, product);
      assertHistory(receipt.orderId(), OrderEventType.CREATED, OrderEventType.CANCELLED);
      assertThat(reservations(receipt.orderId())).isEmpty();
      assertThat(storage().payments().ofOrder(receipt.orderId())).isEmpty();
    }
    assertStock(product, 0, 0);
  }

  @Test
  void whatIsKnownToFallShortTakesNoHold() {
    // given
    StockWire wire = new StockWire();
    storageWire = WiredStorage.writing(wire::over);
    UUID product = stocked(1);
    int orders = 60;

    // when: unless each of them takes half a second, most are refused from memory
    for (int i = 0; i < orders; i++) {
      assertSoldOut(place(product, 2), product);
    }

    // then
    assertThat(wire.holds).hasValueLessThan(orders);
  }

  @Test
  void whoWantsNoMoreThanThereIsGetsIt() {
    UUID product = stocked(3);
    assertSoldOut(place(product, 5), product);

    confirmed(product, 3);

    assertStock(product, 0, 0);
  }

  @Test
  void anotherProductOfTheSameCrowdIsNotConcerned() {
    UUID gone = stocked(1);
    UUID there = stocked(1);
    assertSoldOut(place(gone, 2), gone);

    confirmed(there, 1);
    confirmed(gone, 1);
  }

  @Test
  void goodsInAreSoldAtOnce() {
    UUID product = stocked(1);
    assertSoldOut(place(product, 3), product);

    shop().inventory().restock(product, 2);
    received(product, 2);

    confirmed(product, 3);
  }

  @Test
  void whatIsGivenBackIsSoldAtOnce() {
    UUID product = stocked(1);
    UUID paying = paying(SimulatedCharge.decline("no_funds"), product, 1);
    assertSoldOut(place(product, 1), product);

    gateway.releaseWaiting();
    assertThat(outcome(paying)).isInstanceOf(OrderOutcome.Cancelled.class);
    eventually(
        () ->
            assertThat(shop().inFlight())
                .as("orders whose last commit has not come back")
                .isZero());
    gateway.on().clear();

    confirmed(product, 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatComesBackElsewhereIsSoldSoon(boolean recorded) {
    // given
    orderOptions = orderOptions.withSoldOut(SoldOutOptions.DEFAULT.withRecorded(recorded));
    UUID product = stocked(1);
    confirmed(product, 1);
    assertThat(sells(product)).isFalse();

    // when: this process does not see it
    another().inventory().restock(product, 1);
    received(product, 1);

    // then: nothing but time is needed, and it comes from the machine's own clock
    eventually(() -> assertThat(sells(product)).isTrue());
    assertStock(product, 0, 0);
  }

  private boolean sells(UUID product) {
    try {
      return outcome(place(product, 1)) instanceof OrderOutcome.Confirmed;
    } catch (SoldOutException e) {
      return false;
    }
  }

  @Test
  void insteadOfARecordSoldOutIsThrownAndNothingIsWritten() {
    // given
    notRecorded();
    UUID product = stocked(2);
    PlaceOrder request = request(product, 3).withKey("checkout");

    // when, then: from the storage, and then from memory
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(SoldOutException.class)
          .isThrownBy(() -> place(request))
          .satisfies(
              thrown -> {
                assertThat(thrown.productId()).isEqualTo(product);
                assertThat(thrown.available()).isEqualTo(2);
              });
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> shop().orders().placeAsync(request).join())
          .withCauseInstanceOf(SoldOutException.class);
    }
    assertThat(shop().orders().list(customer, 10)).isEmpty();
    assertThat(storage().keys().find(customer, "checkout")).isEmpty();
    assertThat(storage().journal().list(SagaFilter.all(10))).isEmpty();
    assertStock(product, 2, 0);
  }

  @Test
  void aRefusalWithoutAThreadNeedsNoSecondPlaceInFlight() {
    // given
    notRecorded();
    engine = engine.withMaxInFlight(1).withPollInterval(Duration.ofHours(1));
    UUID product = stocked(1);
    PlaceOrder request = request(product, 2);
    assertThatExceptionOfType(SoldOutException.class).isThrownBy(() -> place(request));

    // when, then: from memory, as often as one likes
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> shop().orders().placeAsync(request).join())
          .withCauseInstanceOf(SoldOutException.class);
    }
    assertThat(outcome(place(product, 1))).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @Test
  void theKeyOfWhatWasNotWrittenStaysUsable() {
    notRecorded();
    UUID product = stocked(1);
    PlaceOrder request = request(product, 2).withKey("checkout");
    assertThatExceptionOfType(SoldOutException.class).isThrownBy(() -> place(request));

    shop().inventory().restock(product, 1);
    received(product, 1);

    assertThat(outcome(place(request))).isInstanceOf(OrderOutcome.Confirmed.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRepeatGetsItsOrderAlsoWhenNothingIsLeft(boolean recorded) {
    // given
    orderOptions = orderOptions.withSoldOut(SoldOutOptions.DEFAULT.withRecorded(recorded));
    UUID product = stocked(2);
    PlaceOrder byCart = request(product, 1);
    PlaceOrder byKey = request(product, 1).withKey("checkout");
    UUID first = place(byCart).orderId();
    UUID second = place(byKey).orderId();
    outcome(first);
    outcome(second);
    assertThat(sells(product)).isFalse();

    // when, then
    for (int i = 0; i < 3; i++) {
      assertThat(place(byCart).orderId()).isEqualTo(first);
      assertThat(place(byKey).orderId()).isEqualTo(second);
      assertThat(shop().orders().placeAsync(byCart).join().orderId()).isEqualTo(first);
    }
    assertThat(shop().orders().list(customer, 10)).hasSize(recorded ? 3 : 2);
  }

  @Test
  void aRepeatOfWhatWasRecordedUnderAKeyGetsTheRecord() {
    UUID product = stocked(1);
    PlaceOrder request = request(product, 2).withKey("checkout");
    OrderReceipt first = place(request);
    assertSoldOut(first, product);

    OrderReceipt again = place(request);

    assertThat(again.orderId()).isEqualTo(first.orderId());
    assertSoldOut(again, product);
  }
}
