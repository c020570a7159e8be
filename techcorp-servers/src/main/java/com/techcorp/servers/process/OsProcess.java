package com.techcorp.servers.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A process of the operating system that ends with this JVM however the JVM dies, and that can be
 * frozen and killed.
 *
 * <p>On Linux the kernel sends SIGKILL to the process when the thread that started it is gone,
 * which also covers SIGKILL of the JVM; it needs {@code setpriv} of util-linux 2.33 or newer.
 * Elsewhere the owner of the process ends it from a shutdown hook, and a killed JVM leaves it
 * behind. Instances are thread-safe.
 */
public final class OsProcess {
  private static final Duration POLL = Duration.ofMillis(10);
  private static final Duration PAUSE_LIMIT = Duration.ofSeconds(30);

  private final Process process;

  private OsProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a process. For it to end with a killed JVM, its command has to contain {@link
   * #endWithParent()}.
   *
   * @param builder the command and its redirections, not changed by this call
   * @return the process, running
   * @throws UncheckedIOException when the command cannot be started
   */
  public static OsProcess launch(ProcessBuilder builder) {
    CompletableFuture<Process> started = new CompletableFuture<>();
    // The kernel watches the thread that forked, not the JVM: it must live as long as the child.
    Thread guard = new Thread(() -> startAndGuard(builder, started), "techcorp-process-guard");
    guard.setDaemon(true);
    guard.start();
    try {
      return new OsProcess(started.join());
    } catch (CompletionException e) {
      String message = "Cannot start " + builder.command() + ": " + e.getMessage();
      throw new UncheckedIOException(message, new IOException(message, e));
    }
  }

  /**
   * The words to put in front of a command so that the kernel kills it together with this JVM.
   * Whatever changes the user, a namespace or capabilities must stand before them.
   *
   * @return the prefix, empty where the platform has none
   */
  public static List<String> endWithParent() {
    return EndWithParent.PREFIX;
  }

  /**
   * The words to put in front of a command so that Ctrl-C at the terminal of this JVM does not
   * reach it, so that it outlives what this JVM drains. Goes together with {@link
   * #endWithParent()}.
   *
   * @return the prefix, empty where the platform has none
   */
  public static List<String> ownSession() {
    return OwnSession.PREFIX;
  }

  /**
   * Runs a command to its end.
   *
   * @param command the command and its arguments
   * @return its exit code, and its standard output and standard error in one
   * @throws UncheckedIOException when the command cannot be started
   * @throws IllegalStateException when the calling thread is interrupted; the interrupt stays set
   */
  public static Finished run(List<String> command) {
    return run(command, "");
  }

  /**
   * Runs a command to its end.
   *
   * @param command the command and its arguments
   * @param input its standard input; short, for it is written before the output is read
   * @return its exit code, and its standard output and standard error in one
   * @throws UncheckedIOException when the command cannot be started
   * @throws IllegalStateException when the calling thread is interrupted; the interrupt stays set
   */
  public static Finished run(List<String> command, String input) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      feed(process, input);
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
      return new Finished(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + command + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Says whether a command can be started and ends with 0.
   *
   * @param command the command and its arguments
   * @return false also when there is no such command
   */
  public static boolean succeeds(List<String> command) {
    try {
      return run(command).exitCode() == 0;
    } catch (UncheckedIOException absent) {
      return false;
    }
  }

  /**
   * Waits, by asking every 10 ms, until something is so.
   *
   * @param limit the longest wait
   * @param condition what to wait for
   * @return whether the condition held within the limit
   * @throws IllegalStateException when the calling thread is interrupted; the interrupt stays set
   */
  public static boolean await(Duration limit, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(POLL.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("Interrupted while waiting");
      }
    }
    return true;
  }

  /**
   * Says whether the platform is Linux.
   *
   * @return true on Linux
   */
  public static boolean linux() {
    return osName().startsWith("linux");
  }

  /**
   * Says whether the platform is Windows.
   *
   * @return true on Windows
   */
  public static boolean windows() {
    return osName().startsWith("windows");
  }

  /**
   * The process id.
   *
   * @return the id, also after the process has ended
   */
  public long pid() {
    return process.pid();
  }

  /**
   * Says whether the process runs; a defunct one, not yet collected by its parent, does not.
   *
   * @return true while it runs
   */
  public boolean isAlive() {
    return process.isAlive() && isAlive(process.toHandle());
  }

  /**
   * The streams of the process.
   *
   * @return the process as Java knows it
   */
  public Process process() {
    return process;
  }

  /** Kills it with SIGKILL, also when it is frozen, and returns when it is dead. */
  public void kill() {
    process.destroyForcibly();
    exitCode(Duration.ofSeconds(30));
  }

  /**
   * Kills it as {@link #kill()} does and returns when its children have ended too: they have five
   * seconds to notice by themselves, then they are killed.
   */
  public void killAndAwaitChildren() {
    List<ProcessHandle> children = process.descendants().toList();
    kill();
    if (!await(Duration.ofSeconds(5), () -> children.stream().noneMatch(OsProcess::isAlive))) {
      children.forEach(ProcessHandle::destroyForcibly);
      await(Duration.ofSeconds(5), () -> children.stream().noneMatch(OsProcess::isAlive));
    }
  }

  /**
   * Freezes it (SIGSTOP), but not its children. On Linux it returns when every thread has stopped:
   * on a busy machine they run on for a while after the signal was sent.
   *
   * @throws UnsupportedOperationException on Windows
   * @throws IllegalStateException when the process has ended, or does not stop within 30 s
   */
  public void pause() {
    signal("STOP");
    if (linux() && !await(PAUSE_LIMIT, this::allThreadsHaveStopped)) {
      throw new IllegalStateException("Process " + pid() + " did not stop in " + PAUSE_LIMIT);
    }
  }

  /**
   * Lets a frozen process go on (SIGCONT); does nothing to one that is not frozen.
   *
   * @throws UnsupportedOperationException on Windows
   */
  public void resume() {
    signal("CONT");
  }

  /**
   * Sends a signal.
   *
   * @param name its name without SIG, for example {@code INT}
   * @throws UnsupportedOperationException on Windows
   * @throws IllegalStateException when the process has ended
   */
  public void signal(String name) {
    if (windows()) {
      throw new UnsupportedOperationException("Windows has no signal " + name);
    }
    Finished kill = run(List.of("kill", "-" + name, Long.toString(pid())));
    if (kill.exitCode() != 0) {
      throw new IllegalStateException("Cannot send SIG" + name + ": " + kill.output());
    }
  }

  /**
   * Waits for its end.
   *
   * @param limit the longest wait
   * @return its exit code; 128 plus the number of the signal that ended it
   * @throws IllegalStateException when it still runs after the limit, or when the calling thread is
   *     interrupted; the interrupt stays set
   */
  public int exitCode(Duration limit) {
    if (!endsWithin(limit)) {
      throw new IllegalStateException("Process " + pid() + " still runs after " + limit);
    }
    return process.exitValue();
  }

  /**
   * Waits for its end.
   *
   * @param limit the longest wait
   * @return whether it ended within the limit
   * @throws IllegalStateException when the calling thread is interrupted; the interrupt stays set
   */
  public boolean endsWithin(Duration limit) {
    try {
      return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static void feed(Process process, String input) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException endedWithoutReading) {
      // Its exit code and its output tell why.
    }
  }

  private static void startAndGuard(ProcessBuilder builder, CompletableFuture<Process> started) {
    Process process;
    try {
      process = builder.start();
    } catch (IOException | RuntimeException e) {
      started.completeExceptionally(e);
      return;
    }
    started.complete(process);
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException goOn) {
        // Leaving now would end the process: a host that interrupts its threads must not do that.
      }
    }
  }

  private static boolean isAlive(ProcessHandle handle) {
    if (!handle.isAlive()) {
      return false;
    }
    if (!linux()) {
      return true;
    }
    try {
      char state = state(Path.of("/proc", Long.toString(handle.pid())));
      return state != 'Z' && state != 'X';
    } catch (IOException gone) {
      return false;
    }
  }

  private boolean allThreadsHaveStopped() {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid()), "task"))) {
      return threads.allMatch(OsProcess::hasStopped);
    } catch (IOException gone) {
      throw new IllegalStateException("Process " + pid() + " has ended", gone);
    }
  }

  private static boolean hasStopped(Path thread) {
    try {
      return state(thread) == 'T';
    } catch (IOException ended) {
      return true;
    }
  }

  /** The letter of the state of a process or a thread, as ps shows it. */
  private static char state(Path inProc) throws IOException {
    String stat = Files.readString(inProc.resolve("stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }

  private static String osName() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
  }

  private static IllegalStateException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted while waiting for a process", cause);
  }

  /**
   * What a command left.
   *
   * @param exitCode its exit code
   * @param output its standard output and standard error, trimmed
   */
  public record Finished(int exitCode, String output) {}

  /** Looks once, when first asked. */
  private static final class OwnSession {
    static final List<String> PREFIX =
        linux() && succeeds(List.of("setsid", "true")) ? List.of("setsid") : List.of();
  }

  /** Looks once, when first asked. */
  private static final class EndWithParent {
    static final List<String> PREFIX = find();

    private static List<String> find() {
      List<String> prefix = List.of("setpriv", "--pdeathsig", "KILL");
      List<String> probe = new ArrayList<>(prefix);
      probe.add("true");
      return linux() && succeeds(probe) ? prefix : List.of();
    }
  }
}
