package com.techcorp.examples.demo;

import com.techcorp.order.PlaceOrder;
import com.techcorp.servers.process.ChildJvm;
import com.techcorp.servers.process.Directories;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A {@link LoadWorker} from outside: what it told so far, and its death. For one thread. */
final class WorkerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Path directory = Directories.createTemporary("worker-");
  private final List<PlaceOrder> requests;
  private final Tally tally;
  private final ChildJvm child;
  private final Map<Integer, UUID> acknowledged = new HashMap<>();
  private final BitSet ended = new BitSet();

  WorkerProcess(
      String database,
      URI provider,
      RunnerOptions options,
      List<PlaceOrder> requests,
      Tally tally) {
    this.requests = requests;
    this.tally = tally;
    Path file = directory.resolve("requests.tsv");
    LoadWorker.write(file, requests);
    child =
        ChildJvm.of(LoadWorker.class)
            .jvmOptions("-Xmx512m")
            .args(
                database,
                provider.toString(),
                String.valueOf(options.threads()),
                String.valueOf(options.connections()),
                String.valueOf(options.timeoutRate),
                String.valueOf(options.seed),
                file.toString())
            .start();
  }

  /** Returns when its library has started. */
  void awaitReady() {
    if (child.pollLine(START).isEmpty()) {
      throw new CannotGoOnException("The worker did not start: " + lastError());
    }
  }

  long pid() {
    return child.pid();
  }

  /** Waits a while for what it tells; false if there was nothing. */
  boolean listen(Duration limit) {
    Optional<String> line = child.pollLine(limit);
    line.ifPresent(this::heed);
    return line.isPresent();
  }

  private void heed(String line) {
    String[] word = line.split(" ", 4);
    int index = Integer.parseInt(word[1]);
    switch (word[0]) {
      case LoadWorker.PLACED -> {
        tally.started();
        acknowledged.put(index, UUID.fromString(word[2]));
      }
      case LoadWorker.CONFIRMED -> end(index, () -> tally.ended(null, Long.parseLong(word[2])));
      case LoadWorker.CANCELLED -> end(index, () -> tally.ended(word[3], Long.parseLong(word[2])));
      case LoadWorker.FAILED -> end(index, () -> tally.failed(word[3]));
      default -> throw new IllegalStateException("the worker said " + Arrays.toString(word));
    }
  }

  private void end(int index, Runnable count) {
    ended.set(index);
    count.run();
  }

  boolean isAlive() {
    return child.isAlive();
  }

  /** Kills it, and takes in what it had told before. */
  void kill() {
    child.kill();
    while (listen(LAST_WORDS)) {
      // it has no last words beyond what the pipe holds
    }
  }

  /** Orders whose {@code place} had returned there, by the request's place in the list. */
  Map<Integer, UUID> acknowledged() {
    return acknowledged;
  }

  /** The places in the list of the requests whose outcome it did not tell. */
  List<Integer> unended() {
    List<Integer> left = new ArrayList<>();
    for (int i = ended.nextClearBit(0); i < requests.size(); i = ended.nextClearBit(i + 1)) {
      left.add(i);
    }
    return left;
  }

  /** Why it may have ended by itself. */
  String lastError() {
    String text = child.stderr().strip();
    return text.isEmpty() ? "it wrote no error" : text.substring(text.lastIndexOf('\n') + 1);
  }

  @Override
  public void close() {
    child.close();
    Directories.delete(directory);
  }
}
