package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.messaging.InboxEffect;
import com.techcorp.order.spi.KeyEffect;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a {@link UnitOfWork} promises when several write sets want the same. */
public abstract class UnitOfWorkContentionContract extends StorageContract {
  private static final String HASH = "ab".repeat(32);

  /** For subclasses. */
  protected UnitOfWorkContentionContract() {}

  @Test
  void givesTheLastUnitInOrderOfArrival() {
    // given
    UUID product = stocked(3);

    // when
    List<CommitResult> results =
        commitAll(
            writeSet(hold(newId(), product, 2)),
            writeSet(hold(newId(), product, 2)),
            writeSet(hold(newId(), product, 1)),
            writeSet(hold(newId(), product, 1)));

    // then: the second is too large, the third fits into what is left, the fourth is too late
    assertCommitted(results.get(0));
    assertRefused(results.get(1), 0, StockEffect.OUT_OF_STOCK);
    assertCommitted(results.get(2));
    assertRefused(results.get(3), 0, StockEffect.OUT_OF_STOCK);
    assertStock(product, 0, 3);
  }

  @Test
  void givesWhatARefusedWorkAskedForToTheNext() {
    // given
    UUID product = stocked(1);
    UUID caller = newId();
    UUID second = newId();

    // when
    List<CommitResult> results =
        commitAll(
            writeSet(
                new KeyEffect.Claim(caller, "k", HASH, KeysContract.CONTENTS, newId()),
                hold(newId(), product, 1),
                new PaymentEffect.RequireApproved(newId())),
            writeSet(
                new KeyEffect.Claim(caller, "k", HASH, KeysContract.CONTENTS, second),
                hold(second, product, 1)));

    // then
    assertRefused(results.get(0), 2, PaymentEffect.PAYMENT_STATE);
    assertCommitted(results.get(1));
    assertThat(storage().keys().find(caller, "k"))
        .hasValueSatisfying(used -> assertThat(used.orderId()).isEqualTo(second));
    assertStock(product, 0, 1);
  }

  @Test
  void givesAKeyThatIsTwiceInABatchToTheFirst() {
    // given
    UUID caller = newId();
    UUID first = newId();

    // when
    List<CommitResult> results =
        commitAll(
            writeSet(new KeyEffect.Claim(caller, "k", HASH, KeysContract.CONTENTS, first)),
            writeSet(new InboxEffect.Receive("c", newId()), claim(caller)),
            writeSet(claim(newId())));

    // then
    assertCommitted(results.get(0));
    assertRefused(results.get(1), 1, KeyEffect.KEY_TAKEN);
    assertCommitted(results.get(2));
    assertThat(storage().keys().find(caller, "k"))
        .hasValueSatisfying(used -> assertThat(used.orderId()).isEqualTo(first));
  }

  private static KeyEffect.Claim claim(UUID caller) {
    return new KeyEffect.Claim(caller, "k", HASH, KeysContract.CONTENTS, newId());
  }

  /** Random batches, decided by a model that takes the works one by one. */
  @Test
  void decidesABatchAsIfItsWorksCameOneByOne() {
    Random random = new Random(20240615);
    for (int round = 0; round < 20; round++) {
      // given
      Map<UUID, Long> left = new HashMap<>();
      for (int i = 0; i < 3; i++) {
        long units = random.nextInt(8);
        left.put(units == 0 ? newId() : stocked(units), units);
      }
      List<WriteSet> batch = new ArrayList<>();
      List<Boolean> accepted = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        List<StockLine> lines = demand(random, List.copyOf(left.keySet()));
        boolean doomed = random.nextInt(4) == 0;
        StockEffect.Hold hold = new StockEffect.Hold(newId(), lines, TTL);
        batch.add(
            doomed ? writeSet(hold, new PaymentEffect.RequireApproved(newId())) : writeSet(hold));
        accepted.add(!doomed && take(left, lines));
      }

      // when
      List<CommitResult> results = commit(null, batch);

      // then
      assertThat(results.stream().map(CommitResult.Committed.class::isInstance))
          .as("round %d: %s", round, batch)
          .containsExactlyElementsOf(accepted);
      storage()
          .stock()
          .levels(left.keySet())
          .forEach((id, level) -> assertThat(level.available()).isEqualTo(left.get(id)));
    }
  }

  private static List<StockLine> demand(Random random, List<UUID> products) {
    List<StockLine> lines = new ArrayList<>();
    for (UUID product : products) {
      if (lines.isEmpty() || random.nextBoolean()) {
        lines.add(new StockLine(product, 1 + random.nextInt(3)));
      }
    }
    return StockLine.summed(lines);
  }

  private static boolean take(Map<UUID, Long> left, List<StockLine> lines) {
    if (lines.stream()
        .anyMatch(line -> left.getOrDefault(line.productId(), 0L) < line.quantity())) {
      return false;
    }
    lines.forEach(line -> left.merge(line.productId(), -line.quantity(), Long::sum));
    return true;
  }

  @Test
  void neverSellsMoreThanThereIsToManyThreads() throws Exception {
    // given
    UUID product = stocked(50);

    // when
    List<List<CommitResult>> results =
        Threads.together(
            8,
            thread ->
                () -> {
                  List<CommitResult> mine = new ArrayList<>();
                  for (int i = 0; i < 5; i++) {
                    mine.addAll(
                        commitAll(
                            writeSet(hold(newId(), product, 1)),
                            writeSet(hold(newId(), product, 1)),
                            writeSet(hold(newId(), product, 1))));
                  }
                  return mine;
                });

    // then
    assertThat(results.stream().flatMap(List::stream))
        .hasSize(120)
        .filteredOn(CommitResult.Committed.class::isInstance)
        .hasSize(50);
    assertStock(product, 0, 50);
  }

  @Test
  void takesLocksInOneOrderWhateverTheOrderOfTheBatch() throws Exception {
    // given
    UUID a = stocked(10_000);
    UUID b = stocked(10_000);
    UUID caller = newId();

    // when: threads lock the same rows in opposite orders; a deadlock is a failure here
    List<Integer> taken =
        Threads.together(
            4,
            thread ->
                () -> {
                  int claimed = 0;
                  for (int i = 0; i < 25; i++) {
                    WriteSet first = writeSet(key(caller, "a" + i), hold(newId(), a, 1));
                    WriteSet second = writeSet(key(caller, "b" + i), hold(newId(), b, 1));
                    List<WriteSet> batch =
                        thread % 2 == 0 ? List.of(first, second) : List.of(second, first);
                    claimed +=
                        (int)
                            commit(null, batch).stream()
                                .filter(CommitResult.Committed.class::isInstance)
                                .count();
                  }
                  return claimed;
                });

    // then: each key went to one
    assertThat(taken.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
    assertStock(a, 9_975, 25);
    assertStock(b, 9_975, 25);
  }

  private static KeyEffect.Claim key(UUID caller, String key) {
    return new KeyEffect.Claim(caller, key, HASH, KeysContract.CONTENTS, newId());
  }
}
