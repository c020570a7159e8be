package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.UnavailableException;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderStatus;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentReport;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.CommitResult;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The storage goes away, and what it last answered is lost: every order still ends once. */
public abstract class OrderOutagesContract extends OrderConfirmationScenario {
  /** For subclasses. */
  protected OrderOutagesContract() {}

  @Test
  @Tag("T14")
  @DisplayName("T14: a confirmation whose acknowledgement was lost is not compensated")
  void aLostAcknowledgementIsNoFailure() {
    // given
    AtomicInteger lost = new AtomicInteger();
    storageWire =
        WiredStorage.writing(
            inner ->
                (fence, batch) -> {
                  List<CommitResult> results = inner.commit(fence, batch);
                  if (confirms(batch) && lost.getAndIncrement() == 0) {
                    throw new UnavailableException("the acknowledgement was lost");
                  }
                  return results;
                });
    UUID product = stocked(5);

    // when
    UUID id = place(product, 2).orderId();

    // then
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    if (!stockSite().isApart()) {
      eventually(
          () ->
              assertThat(storage().payments().reported(payment(id).id()))
                  .as("this process could not know")
                  .map(PaymentReport::status)
                  .contains(TransactionStatus.APPROVED));
    }
    assertConfirmedOnce(id, product);
  }

  @Test
  @Tag("T14")
  @DisplayName("T14: a confirmation that failed to commit is made again, not compensated")
  void aCommitThatFailedIsNoFailureOfTheOrder() {
    // given
    AtomicInteger failed = new AtomicInteger();
    storageWire =
        WiredStorage.writing(
            inner ->
                (fence, batch) -> {
                  if (confirms(batch) && failed.getAndIncrement() < 2) {
                    throw new UnavailableException("the connection was lost");
                  }
                  return inner.commit(fence, batch);
                });
    UUID product = stocked(5);

    // when
    UUID id = place(product, 2).orderId();

    // then
    assertThat(outcome(id)).isInstanceOf(OrderOutcome.Confirmed.class);
    assertConfirmedOnce(id, product);
  }

  @Test
  @Tag("T17")
  @DisplayName("T17: a storage that goes away while sagas are taken up strands none of them")
  void anOutageDuringRecovery() {
    // given: orders that are left behind
    lease = Duration.ofMinutes(5);
    gateway.on().every(SimulatedCharge.loseAnswer());
    gateway.failNext(SimulatedCall.LOOK_UP, Integer.MAX_VALUE);
    UUID product = stocked(50);
    List<UUID> orders = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      orders.add(place(product, 1).orderId());
    }
    orders.forEach(id -> awaitPayment(id, TransactionStatus.UNKNOWN));
    shop().close(Duration.ZERO);

    // when: of three claims one is lost before it is made, and one after
    AtomicInteger claims = new AtomicInteger();
    storageWire =
        WiredStorage.journal(
            inner ->
                WiredStorage.proxy(
                    SagaJournal.class,
                    inner,
                    (method, call) -> {
                      int n = method.equals("claimDue") ? claims.incrementAndGet() : 0;
                      if (n % 3 == 1 && n < 20) {
                        throw new UnavailableException("the connection was lost");
                      }
                      Object result = call.make();
                      if (n % 3 == 2 && n < 20) {
                        throw new UnavailableException("the acknowledgement was lost");
                      }
                      return result;
                    }));
    gateway.failNext(SimulatedCall.LOOK_UP, 0);
    another();

    // then
    orders.forEach(
        id -> eventually(() -> assertThat(order(id).status()).isEqualTo(OrderStatus.CONFIRMED)));
    assertThat(claims.get()).as("claims, two of them lost").isGreaterThanOrEqualTo(3);
    assertThat(gateway.money().charges()).isEqualTo(orders.size());
  }
}
