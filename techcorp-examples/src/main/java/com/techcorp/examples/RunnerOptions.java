package com.techcorp.examples;

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
      defaultValue = "16",
      description =
          "How many clients place orders at once, each waiting for the outcome of one before the"
              + " next. Default: ${DEFAULT-VALUE}")
  int threads;

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
      defaultValue = "0ms",
      converter = DurationText.class,
      description = "How long each call to the provider takes: 50ms, 2s. Default: ${DEFAULT-VALUE}")
  Duration latency = Duration.ZERO;

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
    if (threads < 1 || threads > MOST_THREADS) {
      return Optional.of("--threads must be 1 to " + MOST_THREADS + ", was " + threads);
    }
    if (!isShare(decline) || !isShare(timeoutRate)) {
      return Optional.of("--decline and --timeout-rate must be 0 to 1, such as 0.05");
    }
    if (latency.isNegative()) {
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
    return Optional.empty();
  }

  private static boolean isShare(double rate) {
    return rate >= 0 && rate <= 1;
  }

  DataFiles dataFiles() {
    return files == null ? DataFiles.bundled() : DataFiles.in(files);
  }

  /** The engine's own 6, and one for each client that is reading its cart, within reason. */
  int connections() {
    return 8 + Math.min(threads, 24);
  }
}
