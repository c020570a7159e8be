package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.FencedException;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.messaging.InboxEffect;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.spi.KeyEffect;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a {@link UnitOfWork} promises about a write set: all of its effects, in order, or none. */
public abstract class UnitOfWorkEffectsContract extends StorageContract {
  private static final String HASH = "ab".repeat(32);

  /** For subclasses. */
  protected UnitOfWorkEffectsContract() {}

  @Test
  void writesAllEffectsOfAWork() {
    // given
    OrderFixture order = OrderFixture.of(storage().orders());
    UUID product = stocked(5);
    UUID charge = newId();
    UUID event = newId();

    // when
    CommitResult result =
        commit(
            new KeyEffect.Claim(order.userId, "k", HASH, KeysContract.CONTENTS, order.id),
            order.create(),
            hold(order.id, product, 2),
            new PaymentEffect.Open(charge, order.id, 4_498, "EUR", "credit_card"),
            new InboxEffect.Receive("consumer", event));

    // then
    assertCommitted(result);
    assertThat(storage().keys().find(order.userId, "k")).isPresent();
    assertThat(storage().orders().find(order.id)).isPresent();
    assertStock(product, 3, 2);
    assertThat(storage().payments().find(charge)).isPresent();
    assertThat(storage().inbox().has("consumer", event)).isTrue();
  }

  @Test
  void writesNothingOfARefusedWorkAndNamesTheEffect() {
    // given
    OrderFixture order = OrderFixture.of(storage().orders());
    UUID plenty = stocked(5);
    UUID scarce = stocked(1);
    UUID charge = newId();

    // when
    CommitResult result =
        commit(
            new KeyEffect.Claim(order.userId, "k", HASH, KeysContract.CONTENTS, order.id),
            order.create(),
            new PaymentEffect.Open(charge, order.id, 4_498, "EUR", "credit_card"),
            new StockEffect.Hold(
                order.id, List.of(new StockLine(plenty, 2), new StockLine(scarce, 2)), TTL));

    // then
    assertThat(assertRefused(result, 3, StockEffect.OUT_OF_STOCK).details())
        .containsEntry("detail", scarce.toString());
    assertThat(storage().keys().find(order.userId, "k")).isEmpty();
    assertThat(storage().orders().find(order.id)).isEmpty();
    assertThat(storage().orders().events(order.id)).isEmpty();
    assertThat(storage().payments().find(charge)).isEmpty();
    assertThat(storage().stock().reservations(order.id)).isEmpty();
    assertStock(plenty, 5, 0);
    assertStock(scarce, 1, 0);
  }

  @Test
  void writesTheNeighboursOfARefusedWork() {
    // given
    UUID product = stocked(10);
    UUID first = newId();
    UUID last = newId();

    // when
    List<CommitResult> results =
        commitAll(
            writeSet(hold(first, product, 1)),
            writeSet(hold(newId(), product, 1), new PaymentEffect.RequireApproved(newId())),
            writeSet(hold(last, product, 2)));

    // then
    assertCommitted(results.get(0));
    assertRefused(results.get(1), 1, PaymentEffect.PAYMENT_STATE);
    assertCommitted(results.get(2));
    assertThat(storage().stock().reservations(first)).hasSize(1);
    assertThat(storage().stock().reservations(last)).hasSize(1);
    assertStock(product, 7, 3);
  }

  @Test
  void letsLaterWorksSeeEarlierOnes() {
    // given
    OrderFixture order = OrderFixture.of(storage().orders());
    UUID product = stocked(1);
    UUID charge = newId();
    UUID held = newId();
    write(hold(held, product, 1));

    // when
    List<CommitResult> results =
        commitAll(
            writeSet(
                order.create(),
                new PaymentEffect.Open(charge, order.id, 4_498, "EUR", "credit_card")),
            writeSet(
                decide(charge, TransactionStatus.PENDING, TransactionStatus.APPROVED),
                order.next(OrderEventType.PAID, "{}")),
            writeSet(new PaymentEffect.RequireApproved(order.id)),
            writeSet(new StockEffect.Release(held, List.of(product), ReservationStatus.RELEASED)),
            writeSet(hold(order.id, product, 1)));

    // then
    assertThat(results).allSatisfy(StorageContract::assertCommitted);
    assertThat(storage().orders().events(order.id)).hasSize(2);
    assertStock(product, 0, 1);
  }

  private static PaymentEffect.Decide decide(
      UUID charge, TransactionStatus from, TransactionStatus to) {
    return new PaymentEffect.Decide(charge, Set.of(from), to, null, null);
  }

  @Test
  void appliesTheEffectsOfAWorkInOrder() {
    // given
    OrderFixture order = OrderFixture.of(storage().orders());
    UUID product = stocked(1);

    // when
    CommitResult result =
        commit(
            new KeyEffect.Claim(order.userId, "k", HASH, KeysContract.CONTENTS, order.id),
            order.create(),
            hold(order.id, product, 1),
            new StockEffect.Release(order.id, List.of(product), ReservationStatus.RELEASED),
            order.next(OrderEventType.CANCELLED, "{\"reason\":\"DECLINED\"}"),
            new KeyEffect.Free(order.userId, "k", order.id));

    // then
    assertCommitted(result);
    assertThat(storage().keys().find(order.userId, "k")).isEmpty();
    assertThat(storage().orders().events(order.id)).hasSize(2);
    // a hold that was given back in the same breath need not be written at all
    assertThat(storage().stock().reservations(order.id))
        .allSatisfy(line -> assertThat(line.status()).isEqualTo(ReservationStatus.RELEASED));
    assertStock(product, 1, 0);
  }

  @Test
  void answersAnEmptyBatch() {
    assertThat(commitAll()).isEmpty();
  }

  @Test
  void writesUnderALease() {
    // given
    UUID product = stocked(1);
    Fence fence = storage().nodes().register("contract", LEASE);

    // when
    advance(LEASE.minusSeconds(1));

    // then
    assertCommitted(commitAs(fence, hold(newId(), product, 1)));
  }

  @Test
  void writesNothingUnderALeaseThatRanOut() {
    // given
    UUID product = stocked(1);
    Fence fence = storage().nodes().register("contract", LEASE);

    // when
    advance(LEASE);

    // then
    assertThatExceptionOfType(FencedException.class)
        .isThrownBy(() -> commitAs(fence, hold(newId(), product, 1)));
    assertStock(product, 1, 0);
  }

  @Test
  void writesNothingUnderAnEpochThatIsGone() {
    // given
    UUID product = stocked(1);
    Fence retired = storage().nodes().register("contract", LEASE);
    Fence standing = storage().nodes().register("contract", LEASE);

    // when
    storage().nodes().retire(retired);

    // then
    Fence wrong = new Fence(standing.node(), standing.epoch() + 1);
    for (Fence fence : List.of(retired, wrong)) {
      assertThatExceptionOfType(FencedException.class)
          .isThrownBy(() -> commitAs(fence, hold(newId(), product, 1)));
    }
    assertStock(product, 1, 0);
  }

  @Test
  void writesNothingOfABatchWithUnstorableData() {
    // given
    OrderFixture order = OrderFixture.of(storage().orders());
    write(order.create());
    UUID product = stocked(1);
    WriteSet broken =
        writeSet(
            new OrderEffect.Append(
                order.id,
                OrderEventType.PAID,
                "{not json",
                order.peek(OrderEventType.PAID, "{}").head()));

    // when, then
    assertThatExceptionOfType(UnitOfWork.UnstorableDataException.class)
        .isThrownBy(() -> commitAll(writeSet(hold(newId(), product, 1)), broken));
    assertStock(product, 1, 0);
    assertThat(storage().orders().events(order.id)).hasSize(1);
  }
}
