package com.techcorp.saga;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.Failure;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.storage.Effect;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a step was told, it says; alone, changed further, and inside a larger saga's data. */
class RemoteStepTest {
  private static final Failure NO = Failure.of("NO", "no");
  private static final RetryPolicy TWICE = RetryPolicy.every(Duration.ofSeconds(1), 2);

  private record Wrote(String what) implements Effect {}

  /** A larger saga's data, of which the step sees the part. */
  private record Whole(String part, int rest) {}

  private static RemoteStep<String> bare() {
    return RemoteStep.named("pay", (data, call) -> StepResult.done(data + " paid"));
  }

  private static RemoteStep<String> told() {
    return bare()
        .onlyIf(data -> !data.isEmpty())
        .noting((data, call) -> data + " noted")
        .asking((data, call) -> StepResult.unknown("asked"))
        .undoneBy((data, call) -> StepResult.retry("undone"))
        .forcedBy((data, call) -> StepResult.rejected(NO))
        .before(data -> List.of(new Wrote("before " + data)))
        .whenUndecided(data -> List.of(new Wrote("undecided " + data)))
        .compensatedBy((data, why) -> List.of(new Wrote("back " + data + why.code())))
        .whenNotSent((data, why) -> List.of(new Wrote("not sent " + data + why.code())))
        .reportedBy((data, answer) -> List.of(new Wrote("late " + data + " " + told(answer))))
        .abandonedBy((data, why) -> List.of(new Wrote("abandoned " + data + why.code())))
        .retrying(TWICE)
        .thenPark()
        .decideWithin(data -> Duration.ofMinutes(data.length()))
        .callTimeout(Duration.ofSeconds(7))
        .calling("bank");
  }

  private static String told(StepResult<String> answer) {
    return ((StepResult.Done<String>) answer).data();
  }

  @Test
  void aBareStepWritesNothingAndIsNeverGivenUp() throws Exception {
    RemoteStep<String> step = bare();

    assertThat(step.name()).isEqualTo("pay");
    assertThat(step.service()).as("one of its own").isNull();
    assertThat(step.call().call("a", null)).isEqualTo(StepResult.done("a paid"));
    assertThat(step.appliesTo("a")).isTrue();
    assertThat(step.notes()).isFalse();
    assertThat(step.noted("a", null)).isEqualTo("a");
    assertThat(step.inquiry()).isNull();
    assertThat(step.undo()).isNull();
    assertThat(step.byHand()).isNull();
    assertThat(step.beforeCall("a")).isEmpty();
    assertThat(step.undecided("a")).isEmpty();
    assertThat(step.compensation("a", NO)).isEmpty();
    assertThat(step.notSent("a", NO)).isEmpty();
    assertThat(step.report("a", StepResult.done("b"))).isEmpty();
    assertThat(step.abandonable()).isFalse();
    assertThat(step.abandonment("a", NO)).isEmpty();
    assertThat(step.retryPolicy()).isEqualTo(RetryPolicy.DEFAULT);
    assertThat(step.parksWhenExhausted()).isFalse();
    assertThat(step.decisionLimit("a")).isNull();
    assertThat(step.timeout()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aStepInsideALargerSagaStaysBareToo() throws Exception {
    RemoteStep<Whole> step = within(bare());

    assertThat(step.inquiry()).isNull();
    assertThat(step.undo()).isNull();
    assertThat(step.byHand()).isNull();
    assertThat(step.abandonable()).isFalse();
    assertThat(step.decisionLimit(new Whole("a", 1))).isNull();
    assertThat(step.report(new Whole("a", 1), StepResult.done(new Whole("b", 1)))).isEmpty();
    assertThat(step.call().call(new Whole("a", 1), null))
        .isEqualTo(StepResult.done(new Whole("a paid", 1)));
  }

  @Test
  void aStepSaysAllItWasTold() throws Exception {
    RemoteStep<String> step = told();

    assertThat(step.call().call("a", null)).isEqualTo(StepResult.done("a paid"));
    assertThat(step.inquiry().call("a", null)).isEqualTo(StepResult.unknown("asked"));
    assertThat(step.undo().call("a", null)).isEqualTo(StepResult.retry("undone"));
    assertThat(step.byHand().call("a", null)).isEqualTo(StepResult.rejected(NO));
    assertThat(step.appliesTo("a")).isTrue();
    assertThat(step.appliesTo("")).isFalse();
    assertThat(step.notes()).isTrue();
    assertThat(step.noted("a", null)).isEqualTo("a noted");
    saysWhatItWrites(step, "a");
  }

  @Test
  void insideALargerSagaItSaysTheSameOfItsPart() throws Exception {
    RemoteStep<Whole> step = within(told());
    Whole whole = new Whole("a", 1);

    assertThat(step.name()).isEqualTo("pay");
    assertThat(step.call().call(whole, null)).isEqualTo(StepResult.done(new Whole("a paid", 1)));
    assertThat(step.inquiry().call(whole, null)).isEqualTo(StepResult.unknown("asked"));
    assertThat(step.undo().call(whole, null)).isEqualTo(StepResult.retry("undone"));
    assertThat(step.byHand().call(whole, null)).isEqualTo(StepResult.rejected(NO));
    assertThat(step.appliesTo(whole)).isTrue();
    assertThat(step.appliesTo(new Whole("", 1))).isFalse();
    assertThat(step.notes()).isTrue();
    assertThat(step.noted(whole, null)).isEqualTo(new Whole("a noted", 1));
    saysWhatItWrites(step, whole);
  }

  private static <D> void saysWhatItWrites(RemoteStep<D> step, D data) {
    assertThat(texts(step.beforeCall(data))).containsExactly("before a");
    assertThat(texts(step.undecided(data))).containsExactly("undecided a");
    assertThat(texts(step.compensation(data, NO))).containsExactly("back aNO");
    assertThat(texts(step.notSent(data, NO))).containsExactly("not sent aNO");
    assertThat(texts(step.report(data, StepResult.done(data)))).containsExactly("late a a");
    assertThat(step.abandonable()).isTrue();
    assertThat(texts(step.abandonment(data, NO))).containsExactly("abandoned aNO");
    assertThat(step.retryPolicy()).isEqualTo(TWICE);
    assertThat(step.service()).isEqualTo("bank");
    assertThat(step.parksWhenExhausted()).isTrue();
    assertThat(step.decisionLimit(data)).isEqualTo(Duration.ofMinutes(1));
    assertThat(step.timeout()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void whatAnAnswerWritesStaysWithItInsideALargerSaga() throws Exception {
    for (StepResult<String> answer :
        List.of(
            StepResult.done("b", new Wrote("x")),
            StepResult.<String>rejected(NO, new Wrote("x")),
            StepResult.<String>retry("503", new Wrote("x")),
            StepResult.<String>unknown("?", new Wrote("x")),
            StepResult.<String>parked("!", new Wrote("x")))) {
      RemoteStep<Whole> step = within(RemoteStep.named("pay", (data, call) -> answer));

      StepResult<Whole> outer = step.call().call(new Whole("a", 1), null);

      assertThat(outer).hasSameClassAs(answer);
      assertThat(outer.effects()).containsExactly(new Wrote("x"));
    }
  }

  @Test
  void aLocalStepInsideALargerSagaSeesItsPart() {
    LocalStep<Whole> step =
        LocalStep.<String>named("book", data -> List.of(new Wrote("booked " + data)))
            .compensatedBy((data, why) -> List.of(new Wrote("unbooked " + data + why.code())))
            .within(Whole::part, (whole, part) -> new Whole(part, whole.rest()));

    assertThat(step.name()).isEqualTo("book");
    assertThat(texts(step.forward(new Whole("a", 1)))).containsExactly("booked a");
    assertThat(texts(step.compensation(new Whole("a", 1), NO))).containsExactly("unbooked aNO");
  }

  private static RemoteStep<Whole> within(RemoteStep<String> step) {
    return step.within(Whole::part, (whole, part) -> new Whole(part, whole.rest()));
  }

  private static List<String> texts(List<? extends Effect> effects) {
    return effects.stream().map(effect -> ((Wrote) effect).what()).toList();
  }
}
