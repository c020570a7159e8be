package com.techcorp.examples.apart;

import com.techcorp.servers.process.ChildJvm;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A process of the test's, and what it said. */
final class Child implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final ChildJvm process;
  private final CountDownLatch ready = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Set<UUID> placed = ConcurrentHashMap.newKeySet();
  private final List<String> broken = new CopyOnWriteArrayList<>();

  private Child(ChildJvm process) {
    this.process = process;
    Thread reader = new Thread(this::read, "child-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  static Child start(Class<?> main, String... args) {
    return new Child(
        ChildJvm.of(main)
            .jvmOptions("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
            .args(args)
            .start());
  }

  private void read() {
    try {
      while (true) {
        heard(process.readLine(Duration.ofDays(1)));
      }
    } catch (AssertionError ended) {
      ready.countDown();
      stopped.countDown();
    }
  }

  private void heard(String line) {
    String[] words = line.split(" ", 2);
    switch (words[0]) {
      case "ready" -> ready.countDown();
      case "stopped" -> stopped.countDown();
      case "placed" -> placed.add(UUID.fromString(words[1]));
      case "broken" -> broken.add(line);
      default -> {}
    }
  }

  Child awaitReady() {
    return await(ready, "ready");
  }

  void stopLoad() {
    process.send("stop");
    await(stopped, "stopped");
  }

  private Child await(CountDownLatch what, String word) {
    try {
      if (what.await(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.isAlive()) {
        return this;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("not " + word + "; its standard error:\n" + process.stderr());
  }

  /** Orders that it has a receipt for. */
  Set<UUID> placed() {
    return placed;
  }

  /** What must never come out: errors without a type. */
  List<String> broken() {
    return broken;
  }

  void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
