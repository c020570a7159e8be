package com.techcorp.testkit;

import com.techcorp.payment.PaymentGateway.CancelAnswer;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentGateway.ChargeRequest;
import com.techcorp.payment.PaymentGateway.RefundAnswer;
import com.techcorp.payment.PaymentGateway.RefundRequest;
import com.techcorp.testkit.SimulatedCharge.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * The way from a {@link SimulatedGateway} to its {@link SimulatedProvider} and back: requests
 * arrive or not, answers take their time or are lost, as a test scripted it. Thread-safe.
 */
final class SimulatedConnection {
  private final SimulatedProvider provider;
  private final SimulatedScripts scripts;
  private final SimulatedCalls calls;
  private final LateRequests late;
  private final WaitingCalls waiting;
  private final SimulatedDeclines declines;
  private final SimulatedLatency latency;
  private final SimulatedAnswers answers;

  SimulatedConnection(
      SimulatedProvider provider,
      SimulatedScripts scripts,
      SimulatedCalls calls,
      LateRequests late,
      WaitingCalls waiting,
      SimulatedDeclines declines,
      SimulatedLatency latency,
      SimulatedAnswers answers) {
    this.provider = provider;
    this.scripts = scripts;
    this.calls = calls;
    this.late = late;
    this.waiting = waiting;
    this.declines = declines;
    this.latency = latency;
    this.answers = answers;
  }

  ChargeAnswer charge(ChargeRequest request) throws Exception {
    boolean fails = calls.begin(SimulatedCall.CHARGE, request.reference());
    SimulatedCharge scripted = scripts.next(request);
    SimulatedCharge behaviour =
        fails ? SimulatedCharge.failBefore() : scripted == null ? declines.of(request) : scripted;
    ChargeAnswer decided =
        switch (behaviour.arrival()) {
          case AT_ONCE -> provider.arrive(request, behaviour);
          case NEVER -> new ChargeAnswer.NotFound();
          case LATE -> {
            late.keep(request, behaviour);
            yield new ChargeAnswer.NotFound();
          }
        };
    latency.pass(behaviour.latency());
    if (behaviour.waits()) {
      waiting.await();
    }
    return answers.told(answer(behaviour.answer(), decided));
  }

  private static ChargeAnswer answer(Answer answer, ChargeAnswer decided) throws TimeoutException {
    return switch (answer) {
      case TOLD -> decided;
      case LOST -> new ChargeAnswer.Unknown("the simulated answer was lost");
      case NOT_SENT -> new ChargeAnswer.NotSent("the simulated provider refused the connection");
      case TIMED_OUT -> throw new TimeoutException("the simulated provider did not answer");
    };
  }

  ChargeAnswer lookUp(String reference) throws Exception {
    reach(SimulatedCall.LOOK_UP, reference);
    return answers.told(provider.lookUp(reference));
  }

  CancelAnswer cancel(String reference) throws Exception {
    reach(SimulatedCall.CANCEL, reference);
    return answers.told(provider.cancel(reference));
  }

  RefundAnswer refund(RefundRequest request) throws Exception {
    boolean fails = calls.begin(SimulatedCall.REFUND, request.reference());
    if (fails) {
      latency.pass(Duration.ZERO);
      return new RefundAnswer.Failed("the simulated provider refuses for now");
    }
    if (calls.losesRefund()) {
      latency.pass(Duration.ZERO);
      return new RefundAnswer.Unknown("the simulated request was lost");
    }
    RefundAnswer answer = answers.told(provider.refund(request));
    latency.pass(Duration.ZERO);
    return calls.losesRefundAnswer()
        ? new RefundAnswer.Unknown("the simulated answer was lost")
        : answer;
  }

  RefundAnswer lookUpRefund(String reference) throws Exception {
    reach(SimulatedCall.LOOK_UP_REFUND, reference);
    return answers.told(provider.lookUpRefund(reference));
  }

  /** Begins a call that tells of its failure by an exception. */
  private void reach(SimulatedCall call, String reference) throws Exception {
    boolean fails = calls.begin(call, reference);
    latency.pass(Duration.ZERO);
    if (fails) {
      throw new IOException("the simulated provider is out of reach");
    }
  }
}
