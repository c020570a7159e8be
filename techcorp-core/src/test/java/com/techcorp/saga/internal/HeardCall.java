package com.techcorp.saga.internal;

import com.techcorp.saga.StepResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What was heard of one call, and on which thread. */
final class HeardCall {
  final CompletableFuture<StepResult<String>> answer = new CompletableFuture<>();
  final CompletableFuture<String> refusal = new CompletableFuture<>();
  final CompletableFuture<StepResult<String>> late = new CompletableFuture<>();
  final CompletableFuture<Throwable> fault = new CompletableFuture<>();
  final List<String> threads = new CopyOnWriteArrayList<>();

  CallListener<String> listener(boolean maySend) {
    return new CallListener<>() {
      @Override
      public boolean maySend() {
        return maySend;
      }

      @Override
      public void notSent(String why) {
        heard(refusal, why);
      }

      @Override
      public void threw(Throwable thrown) {
        fault.complete(thrown);
      }

      @Override
      public void answered(StepResult<String> result) {
        heard(answer, result);
      }

      @Override
      public void late(StepResult<String> result) {
        heard(late, result);
      }
    };
  }

  /** Hears nothing but an answer in time. */
  static CallListener<String> answers(Consumer<StepResult<String>> answered) {
    return new CallListener<>() {
      @Override
      public boolean maySend() {
        return true;
      }

      @Override
      public void notSent(String why) {}

      @Override
      public void threw(Throwable thrown) {}

      @Override
      public void answered(StepResult<String> result) {
        answered.accept(result);
      }

      @Override
      public void late(StepResult<String> result) {}
    };
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
