package com.techcorp.saga.internal;

import com.techcorp.saga.StepResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What was heard of one call, and on which thread. */
final class HeardCall {
  final CompletableFuture<StepResult<String>> answer = new CompletableFuture<>();
  final CompletableFuture<String> refusal = new CompletableFuture<>();
  final CompletableFuture<StepResult<String>> late = new CompletableFuture<>();
  final CompletableFuture<Throwable> fault = new CompletableFuture<>();
  final List<String> threads = new CopyOnWriteArrayList<>();

  CallListener<String> listener(boolean maySend) {
    return new CallListener<>(
        () -> maySend,
        reason -> heard(refusal, reason),
        fault::complete,
        result -> heard(answer, result),
        result -> heard(late, result));
  }

  private <T> void heard(CompletableFuture<T> what, T value) {
    threads.add(Thread.currentThread().getName());
    what.complete(value);
  }

  StepResult<String> answer() throws Exception {
    return answer.get(60, TimeUnit.SECONDS);
  }

  String refusal() throws Exception {
    return refusal.get(60, TimeUnit.SECONDS);
  }

  StepResult<String> late() throws Exception {
    return late.get(60, TimeUnit.SECONDS);
  }
}
