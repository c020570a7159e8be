package com.techcorp.auth.spi;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.spi.KeyRotationModel.Rules;
import java.time.Duration;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys rotate while tokens are issued and verified; broken schedules are caught. */
class KeyRotationModelTest {
  private static final int SECONDS = 1_000;

  /** Within so many runs each broken schedule is caught. */
  private static final int ENOUGH = 2_000;

  @Test
  @Tag("T36")
  void noGoodTokenIsRefusedIn300Runs() {
    refusesNoGoodToken(300);
  }

  @Test
  @Tag("soak")
  void noGoodTokenIsRefusedIn20000Runs() {
    refusesNoGoodToken(20_000);
  }

  private static void refusesNoGoodToken(int runs) {
    int activations = 0;
    for (int seed = 0; seed < runs; seed++) {
      KeyRotationModel model = KeyRotationModel.of(seed);
      assertThat(model.run(SECONDS)).as("seed %d", seed).isNull();
      activations += model.activations();
    }
    System.out.println(
        "KeyRotationModelTest: " + runs + " runs of " + SECONDS + " s, " + activations + " keys");
    assertThat(activations).isGreaterThan(5 * runs);
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("a key signs as soon as it is published", publishing(1)),
        Arguments.of("a key signs after the lag alone", publishing(25)),
        Arguments.of("a key signs after the maximum age alone", publishing(30)),
        Arguments.of("the time of a change is not counted", publishing(50)),
        Arguments.of("a key goes with its retirement", verifying(1)),
        Arguments.of("a key goes after the lifetime alone", verifying(60)),
        Arguments.of("the lag is not counted", verifying(70)),
        Arguments.of("the skew is not counted", verifying(85)),
        Arguments.of("the skew is counted once", verifying(90)),
        Arguments.of("the key that signs is dropped", (Rules) KeyRotationModelTest::dropping));
  }

  private static Rules publishing(int seconds) {
    return (keys, schedule) ->
        due(
            keys,
            schedule,
            new KeyTerms(Duration.ofSeconds(seconds), schedule.terms().verifyFor()));
  }

  private static Rules verifying(int seconds) {
    return (keys, schedule) ->
        due(
            keys,
            schedule,
            new KeyTerms(schedule.terms().publishFor(), Duration.ofSeconds(seconds)));
  }

  private static KeyStep due(KeySnapshot keys, KeySchedule schedule, KeyTerms broken) {
    return KeyRules.due(keys, new KeySchedule(broken, schedule.rotateEvery()));
  }

  /** Takes a key out in order to let the next one sign. */
  private static KeyStep dropping(KeySnapshot keys, KeySchedule schedule) {
    KeyStep step = KeyRules.due(keys, schedule);
    return step instanceof KeyStep.Apply apply
            && apply.change() instanceof KeyChange.Activate activate
            && activate.retiring() != null
        ? new KeyStep.Apply(new KeyChange.Remove(activate.retiring()))
        : step;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void aBrokenScheduleIsCaught(String what, Rules rules) {
    assertThat(caught(seed -> KeyRotationModel.of(seed, rules))).as(what).isNotNull();
  }

  @Test
  void aProcessThatSignsByWhatItReadLongAgoIsCaught() {
    assertThat(caught(seed -> new KeyRotationModel(seed, KeyRules::due, 60))).isNotNull();
  }

  private static @Nullable String caught(LongFunction<KeyRotationModel> model) {
    for (int seed = 0; seed < ENOUGH; seed++) {
      String wrong = model.apply(seed).run(SECONDS);
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }
}
