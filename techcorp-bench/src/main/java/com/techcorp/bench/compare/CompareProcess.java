package com.techcorp.bench.compare;

import com.techcorp.bench.database.Verification;
import com.techcorp.servers.process.ChildJvm;
import java.time.Duration;

/** A side in a JVM of its own. */
final class CompareProcess implements CompareSide, AutoCloseable {
  /** Beyond what is measured: the outbox of the run before is emptied first. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Duration CHECK = Duration.ofMinutes(30);

  private final ChildJvm worker;

  private CompareProcess(ChildJvm worker) {
    this.worker = worker;
  }

  /**
   * Starts it.
   *
   * @param type {@link CompareWorker}, or one that is driven in the same way, as this build has it
   * @param classPath of the worker and the commit it belongs to
   * @param url address of an empty database
   * @param serverPid process id of its server
   */
  static CompareProcess start(Class<?> type, String classPath, String url, long serverPid) {
    CompareProcess side =
        new CompareProcess(
            ChildJvm.of(WorkerClass.in(classPath, type))
                .classPath(classPath)
                .jvmOptions("-Xms512m", "-Xmx1g")
                .args(url, String.valueOf(serverPid))
                .start());
    try {
      side.answer("ready", PATIENCE);
      return side;
    } catch (RuntimeException e) {
      side.close();
      throw e;
    }
  }

  @Override
  public Run run(int clients, long millis, boolean afresh) {
    // A worker of an older commit does not know the last word, and tidies up each time.
    worker.send("run " + clients + " " + millis + (afresh ? "" : " on"));
    String[] words = answer("ran ", PATIENCE.plusMillis(millis));
    return new Run(
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        Long.parseLong(words[4]));
  }

  /** Checks every order it placed, by its own commit's rules; how many there were. */
  long check() {
    worker.send("check");
    return Long.parseLong(answer("clean ", CHECK)[1]);
  }

  /** The words of the next line that begins with these; what ended the worker instead is said. */
  private String[] answer(String beginning, Duration limit) {
    try {
      return worker.awaitLine(line -> line.startsWith(beginning), limit).split(" ", -1);
    } catch (AssertionError e) {
      throw new Verification.FailedException("a worker did not answer: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    worker.close();
  }
}
