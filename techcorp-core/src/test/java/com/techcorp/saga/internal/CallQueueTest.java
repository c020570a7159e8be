package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Due work and new orders take turns for the places of a service. */
class CallQueueTest {
  private final CallQueue queue = new CallQueue();
  private final FaultBoundary faults = new FaultBoundary();
  private final OwnThreads threads = new OwnThreads();
  private final CallContext context =
      new CallContext(
          threads::nanoTime,
          new Deadlines(threads, faults),
          new FollowUps(threads, faults),
          new CallCounts(),
          faults);
  private final Bulkhead bulkhead =
      new Bulkhead("bank", new CallPlaces(2, 1), Runnable::run, threads::nanoTime, faults);

  @AfterEach
  void end() {
    context.deadlines().close();
    context.followUps().close();
  }

  private PendingCall<String> call(String name, boolean due) {
    return new PendingCall<>(
        new CallRequest<>(
            "bank",
            (data, context) -> StepResult.done(data),
            name,
            new RemoteCall.Context(new UUID(0, 1), name, 1, Duration.ZERO, false),
            Duration.ofMinutes(1),
            threads.nanoTime() + Duration.ofMinutes(1).toNanos(),
            due),
        new HeardCall().listener(true),
        bulkhead,
        context);
  }

  private List<String> inTurn() {
    List<String> order = new ArrayList<>();
    while (!queue.isEmpty()) {
      order.add((String) queue.removeNext().request.data());
    }
    return order;
  }

  @Test
  @Tag("R27")
  @DisplayName("R27: however many orders begin, a refund gets every other place")
  void dueWorkGetsEveryOtherPlace() {
    for (int i = 1; i <= 4; i++) {
      queue.add(call("order " + i, false));
    }
    queue.add(call("refund 1", true));
    queue.add(call("refund 2", true));

    assertThat(inTurn())
        .containsExactly("refund 1", "order 1", "refund 2", "order 2", "order 3", "order 4");
  }

  @Test
  void noNumberOfRefundsKeepsAnOrderWaiting() {
    for (int i = 1; i <= 3; i++) {
      queue.add(call("refund " + i, true));
    }
    queue.add(call("order 1", false));

    assertThat(inTurn()).containsExactly("refund 1", "order 1", "refund 2", "refund 3");
  }

  @Test
  void whatIsTakenOutWaitsNoMore() {
    PendingCall<String> order = call("order 1", false);
    queue.add(order);
    queue.add(call("refund 1", true));

    queue.remove(order);

    assertThat(queue.clear())
        .map(each -> each.request.data().toString())
        .containsExactly("refund 1");
    assertThat(queue.isEmpty()).isTrue();
  }
}
