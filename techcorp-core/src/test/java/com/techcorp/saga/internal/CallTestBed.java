package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import com.techcorp.saga.CallOptions;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;

/** Makes calls to a bank, a courier and the storage, with real threads. */
final class CallTestBed implements AutoCloseable {
  static final Duration SOON = Duration.ofMillis(30);
  static final Duration LONG = Duration.ofMinutes(10);
  static final UUID SAGA = UUID.randomUUID();
  static final RemoteCall<String> ANSWERS = (data, context) -> StepResult.done(data);

  private final FaultBoundary faults = new FaultBoundary();
  private final Threads threads = faults.around(new OwnThreads());
  private final StubbornCalls stubborn = new StubbornCalls();
  private final List<RemoteCalls> open = new ArrayList<>();

  @Override
  public void close() {
    stubborn.release();
    open.forEach(RemoteCalls::close);
  }

  StubbornCalls stubborn() {
    return stubborn;
  }

  FaultBoundary faults() {
    return faults;
  }

  static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60));
  }

  /** So many places for each service. */
  RemoteCalls calls(int places) {
    return calls(CallOptions.DEFAULT.withMaxRemoteCalls(2 * places));
  }

  RemoteCalls calls(CallOptions options) {
    RemoteCalls calls =
        new RemoteCalls(options, Set.of("bank", "courier", RemoteStep.STORAGE), threads, faults);
    open.add(calls);
    return calls;
  }

  static HeardCall make(
      RemoteCalls calls, String service, Duration timeout, RemoteCall<String> call) {
    HeardCall heard = new HeardCall();
    calls.make(request(calls, service, timeout, LONG, call), heard.listener(true));
    return heard;
  }

  static CallRequest<String> request(
      RemoteCalls calls,
      String service,
      Duration timeout,
      Duration sendWithin,
      RemoteCall<String> call) {
    return new CallRequest<>(
        service,
        call,
        "data",
        new RemoteCall.Context(SAGA, "key", 1, Duration.ZERO, false),
        timeout,
        calls.sendBy(sendWithin),
        false);
  }

  /** It must be sent soon, or not be sent at all. */
  static HeardCall makeSoon(RemoteCalls calls, RemoteCall<String> call) {
    HeardCall heard = new HeardCall();
    calls.make(request(calls, "bank", LONG, SOON, call), heard.listener(true));
    return heard;
  }

  static RemoteCall<String> counting(AtomicInteger sent) {
    return (data, context) -> {
      sent.incrementAndGet();
      return StepResult.done(data);
    };
  }

  /** So many calls to the bank whose time-outs have passed and which hold their threads. */
  void stuck(RemoteCalls calls, int count) throws Exception {
    List<HeardCall> hanging = new ArrayList<>();
    int before = stubborn.under();
    for (int i = 0; i < count; i++) {
      hanging.add(make(calls, "bank", SOON, stubborn));
      int sent = before + i + 1;
      patiently().until(() -> stubborn.under() == sent);
    }
    for (HeardCall call : hanging) {
      assertThat(call.answer()).isInstanceOf(StepResult.Unknown.class);
    }
  }
}
