package com.techcorp.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.bench.measure.Rounds.Slice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private final List<String> turns = new ArrayList<>();

  @Test
  void sidesTakeTurnsAndEveryOtherRoundGoesBackwards() throws Exception {
    Rounds.rates(3, List.of(side("a"), side("b"), side("c")));

    assertThat(String.join("", turns)).isEqualTo("abc" + "abc" + "cba" + "abc");
  }

  @Test
  void theFirstRoundDoesNotCount() throws Exception {
    List<List<Double>> rates = Rounds.rates(2, List.of(side("a"), side("b")));

    assertThat(rates).containsExactly(List.of(3.0, 6.0), List.of(4.0, 5.0));
  }

  /** Its rate is the number of its turn, of all turns. */
  private Slice side(String name) {
    return () -> {
      turns.add(name);
      return turns.size();
    };
  }
}
