package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is wrong is replaced, and what has changed meanwhile is not. */
public abstract class StockCounterRepairsContract extends Contract<StockCounterUnderTest> {
  private final UUID product = UuidCreator.getTimeOrderedEpoch();

  /** For subclasses. */
  protected StockCounterRepairsContract() {}

  private StockCounter counter() {
    return adapter().counter();
  }

  private void assertKept(StockCount count) {
    assertThat(counter().read(List.of(product))).containsEntry(product, count);
  }

  @Test
  void aWrongCountIsReplacedWhateverItsVersion() {
    StockCount wrong = new StockCount(product, 7, 1_000);
    StockCount right = new StockCount(product, 2, 5);
    counter().write(List.of(wrong));

    counter().replace(wrong, right);

    assertKept(right);
    StockCount next = new StockCount(product, 1, 6);
    counter().write(List.of(next));
    assertKept(next);
  }

  @Test
  void aCountThatHasChangedMeanwhileIsKept() {
    StockCount wrong = new StockCount(product, 7, 1_000);
    counter().write(List.of(wrong));
    StockCount newer = new StockCount(product, 8, 1_001);
    counter().write(List.of(newer));

    counter().replace(wrong, new StockCount(product, 2, 5));

    assertKept(newer);
  }

  @Test
  void aCountOfTheSameVersionOrTheSameUnitsIsNotTheWrongOne() {
    StockCount right = new StockCount(product, 7, 1_000);
    counter().write(List.of(right));

    counter().replace(new StockCount(product, 8, 1_000), new StockCount(product, 2, 5));
    assertKept(right);
    counter().replace(new StockCount(product, 7, 1_001), new StockCount(product, 2, 5));
    assertKept(right);
  }

  @Test
  void aCountThatIsGoneStaysGone() {
    counter().replace(new StockCount(product, 7, 1), new StockCount(product, 2, 5));

    assertThat(counter().read(List.of(product))).isEmpty();
  }
}
