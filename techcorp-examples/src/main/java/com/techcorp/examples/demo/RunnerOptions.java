package com.techcorp.examples.demo;

import com.techcorp.examples.data.DataFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The runner's command line. */
final class RunnerOptions {
  private static final int MOST_ORDERS = 10_000_000;
  private static final int MOST_THREADS = 1_000;
  private static final int MOST_CRASH_ORDERS = 100_000;
  private static final Duration MOST_CRASH_LATENCY = Duration.ofMillis(200);

  @Option(
      names = "--orders",
      paramLabel = "N",
      defaultValue = "2000",
      description =
          "How many orders to place; 0 only finishes and checks what is there. Beyond the carts of"
              + " the files, carts are copied. Default: ${DEFAULT-VALUE}")
  int orders;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "How many clients place orders at once, each waiting for the outcome of one before the"
              + " next. Default: 16, with --crash 100")
  @Nullable Integer threads;

  @Option(
      names = "--decline",
      paramLabel = "RATE",
      defaultValue = "0.05",
      description =
          "The share of payments that the simulated provider declines, 0 to 1. Default:"
              + " ${DEFAULT-VALUE}")
  double decline;

  @Option(
      names = "--timeout-rate",
      paramLabel = "RATE",
      defaultValue = "0",
      description =
          "The share of payments whose answer is lost after the money was taken, 0 to 1: the engine"
              + " has to ask, not to charge again. Default: ${DEFAULT-VALUE}")
  double timeoutRate;

  @Option(
      names = "--latency",
      paramLabel = "TIME",
      converter = DurationText.class,
      description =
          "How long each call to the provider takes: 50ms, 2s. Default: 0ms, with --crash 100ms")
  @Nullable Duration latency;

  @Option(
      names = "--crash",
      paramLabel = "WHEN",
      arity = "0..1",
      fallbackValue = "50%",
      converter = CrashMoment.Text.class,
      description =
          "The orders are placed by a worker, a process of its own, which is killed (kill -9) in"
              + " mid-run; this process finishes its orders once its lease (5 s) is over, and places"
              + " the rest. The payment provider is a third process. WHEN: so many orders have ended"
              + " (300), or such a share (50%%), or so much time has passed (3s). Default: 50%%")
  @Nullable CrashMoment crash;

  @Option(
      names = "--auth",
      description =
          "Each customer logs in before an order, which is placed as the user whom the access token"
              + " names, and logs out after it. Sessions, revocations and limits are kept inside"
              + " the process, or in the Redis at TECHCORP_REDIS_URL. Each login costs a hash")
  boolean auth;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Of the provider's choices, which are made by the order's id. Ids are fresh in each run,"
              + " so two runs with one seed differ in detail. Default: ${DEFAULT-VALUE}")
  long seed;

  @Option(
      names = "--files",
      paramLabel = "DIR",
      description =
          "Read catalogue.json, customers.json, carts.json and orders.json from here. Default: the"
              + " bundled ones")
  @Nullable Path files;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Keep the demo's own PostgreSQL in this directory, also if TECHCORP_POSTGRES_URL is set."
              + " A second run goes on with it: it finishes what a killed run left, then places its"
              + " own orders. Default: a temporary directory")
  @Nullable Path data;

  @Option(
      names = "--database",
      paramLabel = "NAME",
      description =
          "The same with a database of the server at TECHCORP_POSTGRES_URL: it is created if it is"
              + " not there, and kept")
  @Nullable String database;

  @Option(names = "--plain", description = "Progress as plain lines, as if this were no terminal")
  boolean plain;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text and exit")
  boolean help;

  /** What is wrong with the options, and what to write instead. */
  Optional<String> problem() {
    if (orders < 0 || orders > MOST_ORDERS) {
      return Optional.of("--orders must be 0 to " + MOST_ORDERS + ", was " + orders);
    }
    if (threads() < 1 || threads() > MOST_THREADS) {
      return Optional.of("--threads must be 1 to " + MOST_THREADS + ", was " + threads);
    }
    if (!isShare(decline) || !isShare(timeoutRate)) {
      return Optional.of("--decline and --timeout-rate must be 0 to 1, such as 0.05");
    }
    if (latency().isNegative()) {
      return Optional.of("--latency must not be negative");
    }
    if (files != null && !Files.isDirectory(files)) {
      return Optional.of("--files: there is no directory " + files);
    }
    if (data != null && Files.exists(data) && !Files.isDirectory(data)) {
      return Optional.of("--data: " + data + " is not a directory");
    }
    if (data != null && database != null) {
      return Optional.of("--data and --database exclude each other: leave one out");
    }
    if (database != null && DemoDatabase.given() == null) {
      return Optional.of(
          "--database needs TECHCORP_POSTGRES_URL: set it, or use --data DIR to keep the data");
    }
    if (auth && crash != null) {
      return Optional.of("--auth and --crash exclude each other: leave one out");
    }
    return crash == null ? Optional.empty() : crashProblem(crash);
  }

  private Optional<String> crashProblem(CrashMoment moment) {
    if (orders < 1 || orders > MOST_CRASH_ORDERS) {
      return Optional.of("--crash needs --orders of 1 to " + MOST_CRASH_ORDERS + ", was " + orders);
    }
    if (moment instanceof CrashMoment.AfterOrders after && after.orders() >= orders) {
      return Optional.of(
          "--crash="
              + after.orders()
              + " comes too late: only "
              + orders
              + " orders are placed. Give more --orders, or a share such as --crash=50%");
    }
    if (latency().compareTo(MOST_CRASH_LATENCY) > 0) {
      return Optional.of(
          "--crash with --latency above 200ms: after the take-over an order may have to ask the"
              + " provider and then to charge, and could not end within a second");
    }
    return Optional.empty();
  }

  private static boolean isShare(double rate) {
    return rate >= 0 && rate <= 1;
  }

  DataFiles dataFiles() {
    return files == null ? DataFiles.bundled() : DataFiles.in(files);
  }

  int threads() {
    return threads != null ? threads : crash == null ? 16 : 100;
  }

  Duration latency() {
    return latency != null ? latency : crash == null ? Duration.ZERO : Duration.ofMillis(100);
  }

  /** The engine's own 10, and one for each client that is reading its cart, within reason. */
  int connections() {
    return 10 + Math.min(threads(), 24);
  }
}
