package com.techcorp.testkit.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NdcgTest {
  private static final Map<String, Integer> GRADES = Map.of("a", 3, "b", 2, "c", 1, "d", 0);

  @Test
  void theBestOrderIsOne() {
    assertThat(Ndcg.at(10, List.of("a", "b", "c", "d", "e"), GRADES)).isEqualTo(1);
  }

  @Test
  void anotherOrderIsLess() {
    // 1/1 + 3/log2(3) + 7/log2(4) = 1 + 1.892789 + 3.5 = 6.392789
    // best: 7/1 + 3/log2(3) + 1/log2(4) = 7 + 1.892789 + 0.5 = 9.392789
    assertThat(Ndcg.at(10, List.of("c", "b", "a"), GRADES)).isCloseTo(0.680606, within(1e-6));
  }

  @Test
  void hitsWithoutAGradePushTheOthersDown() {
    // 0/1 + 7/log2(3) + 0/log2(4) + 3/log2(5) = 4.416508 + 1.292030 = 5.708538, best as above
    assertThat(Ndcg.at(10, List.of("d", "a", "x", "b"), GRADES)).isCloseTo(0.607758, within(1e-6));
  }

  @Test
  void whatIsNotFoundIsMissed() {
    // 7/1 = 7, best as above
    assertThat(Ndcg.at(10, List.of("a"), GRADES)).isCloseTo(0.745253, within(1e-6));
    assertThat(Ndcg.at(10, List.of(), GRADES)).isZero();
  }

  @Test
  void onlyTheFirstHitsCountAndOnlySoManyAreExpected() {
    // 3/1 + 7/log2(3) = 7.416508; best: 7/1 + 3/log2(3) = 8.892789
    assertThat(Ndcg.at(2, List.of("b", "a", "c"), GRADES)).isCloseTo(0.833991, within(1e-6));
    assertThat(Ndcg.at(2, List.of("a", "b"), GRADES)).isEqualTo(1);
    assertThat(Ndcg.at(2, List.of("d", "x", "a"), GRADES)).isZero();
  }

  @Test
  void whereThereIsNothingToFindOnlyNoHitsAreRight() {
    assertThat(Ndcg.at(10, List.of(), Map.of())).isEqualTo(1);
    assertThat(Ndcg.at(10, List.of("a"), Map.of())).isZero();
    assertThat(Ndcg.at(10, List.of("a"), Map.of("a", 0))).isZero();
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Ndcg.at(0, List.of("a"), GRADES));
    assertThatIllegalArgumentException().isThrownBy(() -> Ndcg.at(10, List.of("a", "a"), GRADES));
    assertThatIllegalArgumentException().isThrownBy(() -> Ndcg.at(10, List.of(), Map.of("a", -1)));
    assertThatIllegalArgumentException().isThrownBy(() -> Ndcg.at(10, List.of(), Map.of("a", 31)));
  }
}
