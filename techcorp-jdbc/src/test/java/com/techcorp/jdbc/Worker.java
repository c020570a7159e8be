package com.techcorp.jdbc;

import com.techcorp.servers.process.ChildJvm;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link ShopWorker} seen from the test: what it was told, and all that it said. */
final class Worker implements AutoCloseable {
  private static final String END = "";

  private final String name;
  private final ChildJvm child;
  private final Map<String, UUID> placed = new ConcurrentHashMap<>();
  private final Map<String, String> failed = new ConcurrentHashMap<>();
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> broken = new LinkedBlockingQueue<>();

  Worker(String name, ChildJvm child) {
    this.name = name;
    this.child = child;
    Thread reader = new Thread(this::read, "worker-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try {
      while (true) {
        heard(child.readLine(Duration.ofDays(1)));
      }
    } catch (AssertionError ended) {
      said.add(END);
    }
  }

  private void heard(String line) {
    String[] words = line.split(" ", 3);
    switch (words[0]) {
      case "placed" -> placed.put(words[1], UUID.fromString(words[2]));
      case "failed" -> failed.put(words[1], words[2]);
      case "broken" -> broken.add(line);
      default -> said.add(line);
    }
  }

  String name() {
    return name;
  }

  ChildJvm process() {
    return child;
  }

  /** By their keys, the orders that it has a receipt for. */
  Map<String, UUID> placed() {
    return placed;
  }

  /** By their keys, the typed errors it got instead of a receipt. */
  Map<String, String> failed() {
    return failed;
  }

  /** What must never come out: errors without a type. */
  BlockingQueue<String> broken() {
    return broken;
  }

  void tell(String command) {
    child.send(command);
  }

  /** The next line that begins so, other lines are dropped. */
  String await(String beginning) {
    long end = System.nanoTime() + TestShop.PATIENCE.toNanos();
    try {
      while (true) {
        String line = said.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (line == null || line.equals(END)) {
          throw new AssertionError(
              name + " did not say " + beginning + "; its standard error:\n" + child.stderr());
        }
        if (line.startsWith(beginning)) {
          return line;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Begins to place orders, one after the other, by so many callers. */
  Worker load(int callers, Duration pause) {
    tell("load " + callers + " " + pause.toMillis() + " " + name);
    return this;
  }

  /** Ends the load; gives attempts, refusals for overload, their mean and longest microseconds. */
  long[] stopLoad() {
    tell("stop");
    String[] words = await("stopped").split(" ");
    long[] figures = new long[words.length - 1];
    for (int i = 0; i < figures.length; i++) {
      figures[i] = Long.parseLong(words[i + 1]);
    }
    return figures;
  }

  /** Hands over and ends. */
  void leave() {
    tell("close");
    await("closed");
  }

  @Override
  public void close() {
    child.close();
  }
}
