package com.techcorp.saga;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.Failure;
import com.techcorp.storage.Effect;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What a local step was given, it says; alone, changed further, and inside a larger saga's data.
 */
class LocalStepTest {
  private static final Failure NO = Failure.of("NO", "no");

  private record Wrote(String what) implements Effect {}

  /** A larger saga's data, of which the step sees the part. */
  private record Whole(String part, int rest) {}

  private static LocalStep<String> bare() {
    return LocalStep.named("reserve", data -> List.of(new Wrote("held " + data)));
  }

  private static LocalStep<String> full() {
    return bare()
        .unless(data -> data.isEmpty() ? Optional.of(NO) : Optional.empty())
        .orNotAtAll()
        .compensatedBy((data, why) -> List.of(new Wrote("released " + data + why.code())));
  }

  @Test
  void aBareStepIsNeverRefusedFromMemoryAndLeavesARecord() {
    assertThat(bare().knownRefusal("")).isEmpty();
    assertThat(bare().refusesAll()).isFalse();
    assertThat(bare().compensation("it", NO)).isEmpty();
  }

  @Test
  void eachChangeKeepsTheOthersAndTheOriginal() {
    LocalStep<String> bare = bare();
    LocalStep<String> changed = bare.orNotAtAll().unless(data -> Optional.of(NO));

    assertThat(changed.refusesAll()).isTrue();
    assertThat(changed.knownRefusal("it")).contains(NO);
    assertThat(bare.refusesAll()).isFalse();
    assertThat(bare.knownRefusal("it")).isEmpty();
    assertThat(full().knownRefusal("")).contains(NO);
    assertThat(full().knownRefusal("it")).isEmpty();
    assertThat(full().refusesAll()).isTrue();
    assertThat(full().forward("it")).isEqualTo(List.of(new Wrote("held it")));
    assertThat(full().compensation("it", NO)).isEqualTo(List.of(new Wrote("released itNO")));
  }

  @Test
  void insideALargerSagaItSeesItsPart() {
    LocalStep<Whole> within =
        full().within(Whole::part, (whole, part) -> new Whole(part, whole.rest()));

    assertThat(within.name()).isEqualTo("reserve");
    assertThat(within.knownRefusal(new Whole("", 1))).contains(NO);
    assertThat(within.knownRefusal(new Whole("it", 1))).isEmpty();
    assertThat(within.refusesAll()).isTrue();
    assertThat(within.forward(new Whole("it", 1))).isEqualTo(List.of(new Wrote("held it")));
    assertThat(within.compensation(new Whole("it", 1), NO))
        .isEqualTo(List.of(new Wrote("released itNO")));
  }
}
