package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.storage.CommitResult;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a {@link com.techcorp.inventory.spi.StockLedger} tells of levels, and how goods come in. */
public abstract class StockLevelsContract extends StockScenario {
  /** For subclasses. */
  protected StockLevelsContract() {}

  @Test
  void tellsLevelsOfStockedProductsOnly() {
    UUID product = stocked(1);
    UUID never = newId();
    assertThat(storage().stock().levels(List.of(product, never))).containsOnlyKeys(product);
    assertThat(storage().stock().levels(List.of())).isEmpty();
    assertThat(storage().stock().reservations(never)).isEmpty();
  }

  @Test
  void correctsWhatIsAvailableButNotBelowZero() {
    // given
    UUID product = stocked(5);
    write(hold(order, product, 3));

    // when
    write(new StockEffect.Restock(product, -1, MovementType.ADJUSTMENT));
    CommitResult tooMuch = commit(new StockEffect.Restock(product, -2, MovementType.ADJUSTMENT));
    CommitResult never = commit(new StockEffect.Restock(newId(), -1, MovementType.ADJUSTMENT));

    // then
    assertRefused(tooMuch, 0, StockEffect.OUT_OF_STOCK);
    assertRefused(never, 0, StockEffect.OUT_OF_STOCK);
    assertStock(product, 1, 3);
    write(new StockEffect.Restock(product, 4, MovementType.RECEIPT));
    assertStock(product, 5, 3);
  }

  @Test
  void addsGoodsOfABatchUp() {
    // given
    UUID product = newId();
    StockEffect.Restock goods = new StockEffect.Restock(product, 2, MovementType.RECEIPT);

    // when
    List<CommitResult> results =
        commitAll(writeSet(goods, goods), writeSet(goods), writeSet(hold(order, product, 6)));

    // then
    assertThat(results).allSatisfy(StorageContract::assertCommitted);
    assertStock(product, 0, 6);
  }
}
