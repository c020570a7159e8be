package com.techcorp.saga.internal;

import static com.techcorp.saga.internal.CallTestBed.ANSWERS;
import static com.techcorp.saga.internal.CallTestBed.LONG;
import static com.techcorp.saga.internal.CallTestBed.counting;
import static com.techcorp.saga.internal.CallTestBed.make;
import static com.techcorp.saga.internal.CallTestBed.makeSoon;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.saga.CallOptions;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that are made on an executor of the host. */
class HostExecutorTest {
  private final CallTestBed bed = new CallTestBed();
  private final StubbornCalls stubborn = bed.stubborn();

  @AfterEach
  void end() {
    bed.close();
  }

  @Test
  void aHostsExecutorGetsAsManyCallsAsThereArePlaces() throws Exception {
    ExecutorService host = Executors.newCachedThreadPool();
    try {
      RemoteCalls calls = bed.calls(CallOptions.DEFAULT.withMaxRemoteCalls(6).withExecutor(host));
      HeardCall running = make(calls, "bank", LONG, stubborn);
      for (int i = 1; i < 10; i++) {
        make(calls, "bank", LONG, stubborn);
      }

      CallTestBed.patiently().until(() -> stubborn.under() == 3);
      assertThat(make(calls, "courier", LONG, ANSWERS).answer()).isEqualTo(StepResult.done("data"));
      assertThat(stubborn.under()).as("of ten, with three places").isEqualTo(3);

      stubborn.release();
      running.answer();
      assertThat(running.threads).singleElement().asString().startsWith("pool-");
    } finally {
      stubborn.release();
      host.shutdown();
    }
  }

  @Test
  void aHostsExecutorThatRefusesOrIsBusyIsOneThatDidNotSend() throws Exception {
    RemoteCalls refused =
        bed.calls(
            CallOptions.DEFAULT
                .withMaxRemoteCalls(2)
                .withExecutor(
                    task -> {
                      throw new RejectedExecutionException("full");
                    }));
    assertThat(make(refused, "bank", LONG, ANSWERS).refusal()).contains("full");
    assertThat(make(refused, "bank", LONG, ANSWERS).refusal()).as("its place is free").isNotNull();

    List<Runnable> kept = new ArrayList<>();
    AtomicInteger sent = new AtomicInteger();
    RemoteCalls busy = bed.calls(CallOptions.DEFAULT.withMaxRemoteCalls(2).withExecutor(kept::add));
    assertThat(makeSoon(busy, counting(sent)).refusal()).contains("no thread was free");
    kept.forEach(Runnable::run);
    assertThat(sent).as("begun with too late").hasValue(0);
  }

  @Test
  void stepsThatOnlyReadTheStorageDoNotNeedTheHostsExecutor() throws Exception {
    RemoteCalls calls =
        bed.calls(CallOptions.DEFAULT.withMaxRemoteCalls(2).withExecutor(task -> {}));

    HeardCall heard = make(calls, RemoteStep.STORAGE, LONG, ANSWERS);

    assertThat(heard.answer()).isEqualTo(StepResult.done("data"));
    assertThat(heard.threads).singleElement().asString().startsWith("techcorp-remote-storage-");
  }
}
