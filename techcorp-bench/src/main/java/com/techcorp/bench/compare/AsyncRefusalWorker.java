package com.techcorp.bench.compare;

/** A {@link RefusalWorker} whose clients hold no thread while they wait for their refusal. */
final class AsyncRefusalWorker {
  private AsyncRefusalWorker() {}

  /**
   * Runs the worker.
   *
   * @param args address of an empty database
   */
  public static void main(String[] args) throws Exception {
    RefusalWorker.run(args[0], new RefusalWorker.Recorded(false));
  }
}
