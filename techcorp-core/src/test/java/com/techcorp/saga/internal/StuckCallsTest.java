package com.techcorp.saga.internal;

import static com.techcorp.saga.internal.CallTestBed.ANSWERS;
import static com.techcorp.saga.internal.CallTestBed.LONG;
import static com.techcorp.saga.internal.CallTestBed.SAGA;
import static com.techcorp.saga.internal.CallTestBed.SOON;
import static com.techcorp.saga.internal.CallTestBed.counting;
import static com.techcorp.saga.internal.CallTestBed.make;
import static com.techcorp.saga.internal.CallTestBed.makeSoon;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.health.Finding;
import com.techcorp.saga.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What calls that do not come back cost: their places, and then their service. */
class StuckCallsTest {
  private final CallTestBed bed = new CallTestBed();
  private final StubbornCalls stubborn = bed.stubborn();

  @AfterEach
  void end() {
    bed.close();
  }

  @Test
  void aCallThatGetsNoPlaceInTimeIsNotSentThenOrLater() throws Exception {
    // given: the only place is taken by a call that has all the time
    RemoteCalls one = bed.calls(1);
    HeardCall running = make(one, "bank", LONG, stubborn);
    CallTestBed.patiently().until(() -> stubborn.under() == 1);
    AtomicInteger sent = new AtomicInteger();

    // when
    HeardCall waits = makeSoon(one, counting(sent));

    // then
    assertThat(waits.refusal()).contains("no thread was free");
    stubborn.release();
    running.answer();
    assertThat(make(one, "bank", LONG, ANSWERS).answer()).isEqualTo(StepResult.done("data"));
    assertThat(sent).hasValue(0);
    assertThat(waits.answer).isNotDone();
    assertThat(one.counters()).containsEntry("calls.not-sent", 1L);
  }

  @Test
  void whatWaitsGetsItsPlaceInTurn() throws Exception {
    RemoteCalls one = bed.calls(1);
    make(one, "bank", LONG, stubborn);
    CallTestBed.patiently().until(() -> stubborn.under() == 1);
    List<Integer> order = new ArrayList<>();
    List<HeardCall> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      waiting.add(
          make(
              one,
              "bank",
              LONG,
              (data, context) -> {
                order.add(number); // one at a time
                return StepResult.done(data);
              }));
    }

    stubborn.release();

    for (HeardCall heard : waiting) {
      heard.answer();
    }
    assertThat(order).hasSize(20).isSorted();
  }

  @Test
  void theThreadOfACallThatOutlivesItsTimeOutIsReplacedAndItIsShown() throws Exception {
    RemoteCalls calls = bed.calls(2);

    bed.stuck(calls, 2);

    assertThat(make(calls, "bank", LONG, ANSWERS).answer()).isEqualTo(StepResult.done("data"));
    assertThat(calls.counters()).containsEntry("calls.timed-out", 2L);
    assertThat(calls.findings())
        .hasSize(2)
        .allSatisfy(
            finding -> {
              assertThat(finding.code()).isEqualTo("CALL_STUCK");
              assertThat(finding.what()).contains("bank", "PT0.03S");
              assertThat(finding.thread()).startsWith("techcorp-remote-bank-");
              assertThat(finding.subject()).isEqualTo(SAGA);
              assertThat(finding.since()).isPositive();
            });
  }

  @Test
  void whatWaitsGetsThePlaceOfACallThatOutlivesItsTimeOut() throws Exception {
    // given: the only place is taken by a call that will not come back
    RemoteCalls one = bed.calls(1);
    HeardCall hangs = make(one, "bank", Duration.ofMillis(300), stubborn);
    CallTestBed.patiently().until(() -> stubborn.under() == 1);

    // when
    HeardCall waits = make(one, "bank", LONG, ANSWERS);

    // then
    assertThat(hangs.answer()).isInstanceOf(StepResult.Unknown.class);
    assertThat(waits.answer()).isEqualTo(StepResult.done("data"));
    assertThat(stubborn.under()).isEqualTo(1);
  }

  @Test
  void withMoreStuckThanPlacesNothingIsSentToTheServiceUntilTheyReturn() throws Exception {
    // given: two places, both taken by further calls that hang, and one that waits for a place
    RemoteCalls calls = bed.calls(2);
    bed.stuck(calls, 2);
    HeardCall third = make(calls, "bank", SOON, stubborn);
    CallTestBed.patiently().until(() -> stubborn.under() == 3);

    // when
    third.answer();

    // then: it is away, and says so at once to whoever comes
    assertThat(make(calls, "bank", LONG, ANSWERS).refusal()).contains("3 calls to bank");
    assertThat(calls.findings())
        .extracting(Finding::code)
        .containsExactlyInAnyOrder("SERVICE_AWAY", "CALL_STUCK", "CALL_STUCK", "CALL_STUCK");
    // and nobody else notices
    assertThat(make(calls, "courier", LONG, ANSWERS).answer()).isEqualTo(StepResult.done("data"));

    // when: they come back
    stubborn.release();

    // then
    assertThat(third.late()).isEqualTo(StepResult.done("data"));
    CallTestBed.patiently().until(() -> calls.findings().isEmpty());
    assertThat(make(calls, "bank", LONG, ANSWERS).answer()).isEqualTo(StepResult.done("data"));
  }

  @Test
  void whatWaitsForAPlaceIsNotKeptWaitingOnceTheServiceIsAway() throws Exception {
    RemoteCalls one = bed.calls(1);
    bed.stuck(one, 1);
    HeardCall second = make(one, "bank", Duration.ofMillis(300), stubborn);
    CallTestBed.patiently().until(() -> stubborn.under() == 2);

    HeardCall waits = make(one, "bank", LONG, ANSWERS);

    assertThat(second.answer()).isInstanceOf(StepResult.Unknown.class);
    assertThat(waits.refusal()).contains("nothing is sent");
  }
}
