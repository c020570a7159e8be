package com.techcorp.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StockLineTest {
  private static final UUID FIRST = new UUID(1, 0);
  private static final UUID SECOND = new UUID(2, 0);

  @Test
  void linesOfOneProductAreSummedInTheOrderOfProducts() {
    assertThat(StockLine.summed(List.of(line(SECOND, 1), line(FIRST, 2), line(SECOND, 3))))
        .containsExactly(line(FIRST, 2), line(SECOND, 4));
    assertThat(StockLine.summed(List.of(line(FIRST, 1), line(FIRST, 2))))
        .containsExactly(line(FIRST, 3));
    assertThat(StockLine.summed(List.of(line(SECOND, 1), line(FIRST, 2))))
        .containsExactly(line(FIRST, 2), line(SECOND, 1));
  }

  @Test
  void linesThatAreSummedAlreadyStayAsTheyAre() {
    // given
    List<StockLine> lines = new ArrayList<>(List.of(line(FIRST, 1), line(SECOND, 2)));

    // when
    List<StockLine> summed = StockLine.summed(lines);
    lines.clear();

    // then
    assertThat(summed).containsExactly(line(FIRST, 1), line(SECOND, 2));
    assertThat(StockLine.summed(List.of())).isEmpty();
  }

  @Test
  void aSumThatIsTooLargeIsRefused() {
    assertThatThrownBy(() -> StockLine.summed(List.of(line(FIRST, Long.MAX_VALUE), line(FIRST, 1))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("too large");
  }

  private static StockLine line(UUID product, long quantity) {
    return new StockLine(product, quantity);
  }
}
