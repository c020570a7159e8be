package com.techcorp.servers.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A JVM of its own for a main class, by default with the class path of this one: to be killed and
 * frozen, as a deployed process would be.
 *
 * <p>Its standard output is read line by line here, its standard error goes to a file, and its
 * standard input stays open until {@link #close()}. A main class should call {@link
 * #haltWithParent()} first, so that nothing stays behind on any platform.
 *
 * <pre>{@code
 * try (ChildJvm child = ChildJvm.of(Worker.class).args(url).start()) {
 *   child.awaitLine("ready", Duration.ofSeconds(10));
 *   child.kill();
 * }
 * }</pre>
 *
 * <p>Instances are thread-safe; of several readers each line reaches one.
 */
public final class ChildJvm implements AutoCloseable {
  /** The exit code of a child whose parent has gone. */
  public static final int ORPHANED = 99;

  /** Its output ends a little before it does. */
  private static final Duration ENDING = Duration.ofSeconds(5);

  private final OsProcess process;
  private final Path directory;
  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

  private ChildJvm(OsProcess process, Path directory) {
    this.process = process;
    this.directory = directory;
    Thread reader = new Thread(this::readOutput, "techcorp-child-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Begins the description of a child.
   *
   * @param main the class with the {@code main} method
   * @return a builder with no arguments and the JVM's default options
   */
  public static Builder of(Class<?> main) {
    return new Builder(main);
  }

  /**
   * To be called by a child's {@code main}: halts the child, without shutdown hooks, with exit code
   * {@link #ORPHANED} when its standard input ends, that is when its parent closed it or died.
   */
  public static void haltWithParent() {
    Thread watch = new Thread(ChildJvm::haltAtEndOfInput, "techcorp-parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  /**
   * To be called by a child's {@code main} in place of {@link #haltWithParent()}: does the same,
   * and hands it each line that its parent {@linkplain #send sends}.
   *
   * @param command takes a line; on one daemon thread, so one after the other
   */
  public static void listen(Consumer<String> command) {
    Thread watch = new Thread(() -> listenToEnd(command), "techcorp-parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  /**
   * Sends a line to the child's standard input.
   *
   * @param line for {@link #listen}, without its end
   * @throws UncheckedIOException when the child has ended
   */
  public void send(String line) {
    try {
      OutputStream input = process.process().getOutputStream();
      synchronized (input) {
        input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The next line of the child's standard output.
   *
   * @param limit the longest wait
   * @return the line, without its end
   * @throws AssertionError when none comes within the limit, or the output has ended; with the
   *     child's standard error
   * @throws IllegalStateException when the calling thread is interrupted; the interrupt stays set
   */
  public String readLine(Duration limit) {
    return awaitLine(line -> true, limit);
  }

  /**
   * The next line of the child's standard output, if there is one.
   *
   * @param limit the longest wait
   * @return the line, without its end; empty when none came within the limit, and at once when the
   *     output has ended
   * @throws IllegalStateException when the calling thread is interrupted; the interrupt stays set
   */
  public Optional<String> pollLine(Duration limit) {
    Line line = poll(limit.toNanos());
    if (line == null) {
      return Optional.empty();
    }
    if (line.text() == null) {
      lines.add(line);
    }
    return Optional.ofNullable(line.text());
  }

  /**
   * Reads the child's standard output up to a line that contains a text.
   *
   * @param text what the line contains
   * @param limit the longest wait
   * @return that line; the lines before it are dropped
   * @throws AssertionError as {@link #readLine(Duration)}
   * @throws IllegalStateException when the calling thread is interrupted; the interrupt stays set
   */
  public String awaitLine(String text, Duration limit) {
    return awaitLine(line -> line.contains(text), limit);
  }

  /**
   * Reads the child's standard output up to a line.
   *
   * @param wanted says which line
   * @param limit the longest wait
   * @return that line; the lines before it are dropped
   * @throws AssertionError as {@link #readLine(Duration)}
   * @throws IllegalStateException when the calling thread is interrupted; the interrupt stays set
   */
  public String awaitLine(Predicate<String> wanted, Duration limit) {
    List<String> dropped = new ArrayList<>();
    long start = System.nanoTime();
    while (true) {
      Line line = poll(limit.toNanos() - (System.nanoTime() - start));
      if (line == null) {
        throw missing("No such line within " + limit, dropped);
      }
      String text = line.text();
      if (text == null) {
        lines.add(line);
        throw missing("The child's output ended without such a line, " + ending(), dropped);
      }
      if (wanted.test(text)) {
        return text;
      }
      dropped.add(text);
    }
  }

  /**
   * The process id.
   *
   * @return the id, also after the child has ended
   */
  public long pid() {
    return process.pid();
  }

  /**
   * Says whether the child runs.
   *
   * @return true while it runs, frozen or not
   */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Kills the child with SIGKILL and returns when it is dead. */
  public void kill() {
    process.kill();
  }

  /**
   * Freezes the child (SIGSTOP), as a long pause of a machine would.
   *
   * @throws UnsupportedOperationException on Windows
   * @throws IllegalStateException when the child has ended
   */
  public void pause() {
    process.pause();
  }

  /**
   * Lets a frozen child go on (SIGCONT).
   *
   * @throws UnsupportedOperationException on Windows
   * @throws IllegalStateException when the child has ended
   */
  public void resume() {
    process.resume();
  }

  /**
   * Waits for the child's end.
   *
   * @param limit the longest wait
   * @return its exit code; 137 after {@link #kill()}
   * @throws IllegalStateException when it still runs after the limit, or when the calling thread is
   *     interrupted; the interrupt stays set
   */
  public int exitCode(Duration limit) {
    return process.exitCode(limit);
  }

  /**
   * What the child wrote to its standard error so far.
   *
   * @return the text, empty after {@link #close()}
   */
  public String stderr() {
    try {
      Path file = stderrFile(directory);
      return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ends the child's standard input: a child that called {@link #haltWithParent()} halts, as if
   * this JVM had died.
   */
  public void closeInput() {
    try {
      process.process().getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills the child when it still runs and deletes its files. Has no effect a second time. */
  @Override
  public void close() {
    process.kill();
    Directories.delete(directory);
  }

  private @Nullable Line poll(long nanos) {
    try {
      return lines.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a line", e);
    }
  }

  private String ending() {
    try {
      return "its exit code is " + process.exitCode(ENDING);
    } catch (IllegalStateException e) {
      return "and it still runs";
    }
  }

  private AssertionError missing(String what, List<String> dropped) {
    return new AssertionError(
        what + "; read instead: " + dropped + "; its standard error:\n" + stderr());
  }

  private void readOutput() {
    try (BufferedReader reader = process.process().inputReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = reader.readLine()) != null) {
        lines.add(new Line(line));
      }
    } catch (IOException closed) {
      // The end of the stream, said differently by a child that was killed.
    } finally {
      lines.add(new Line(null));
    }
  }

  private static void listenToEnd(Consumer<String> command) {
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line;
      while ((line = in.readLine()) != null) {
        command.accept(line);
      }
    } catch (IOException gone) {
      // The same as the end of the input.
    }
    Runtime.getRuntime().halt(ORPHANED);
  }

  private static void haltAtEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // Input has no meaning; only its end has.
      }
    } catch (IOException gone) {
      // The same as its end.
    }
    Runtime.getRuntime().halt(ORPHANED);
  }

  private static Path stderrFile(Path directory) {
    return directory.resolve("stderr.log");
  }

  /** A line, or the end of the output. */
  private record Line(@Nullable String text) {}

  /** Describes a child; not thread-safe. */
  public static final class Builder {
    private final Class<?> main;
    private final List<String> jvmOptions = new ArrayList<>();
    private final List<String> args = new ArrayList<>();
    private boolean ownSession;
    private @Nullable String classPath;

    private Builder(Class<?> main) {
      this.main = main;
    }

    /**
     * Adds arguments of {@code main}. Default: none.
     *
     * @param values the arguments
     * @return this
     */
    public Builder args(String... values) {
      args.addAll(List.of(values));
      return this;
    }

    /**
     * Adds options of the JVM, for example {@code -Xmx256m}. Default: none.
     *
     * @param values the options
     * @return this
     */
    public Builder jvmOptions(String... values) {
      jvmOptions.addAll(List.of(values));
      return this;
    }

    /**
     * Gives the child another class path, for example that of another build of the same main class.
     * Default: the class path of this JVM.
     *
     * @param path entries, separated as the platform separates them
     * @return this
     */
    public Builder classPath(String path) {
      classPath = path;
      return this;
    }

    /**
     * Keeps Ctrl-C at the terminal of this JVM away from the child, where the platform can (Linux).
     * Default: it reaches both.
     *
     * @return this
     */
    public Builder ownSession() {
      ownSession = true;
      return this;
    }

    /**
     * Starts the child.
     *
     * @return the child, running; its {@code main} may not have begun
     * @throws UncheckedIOException when it cannot be started
     */
    public ChildJvm start() {
      try {
        Path directory = Directories.createTemporary("child-");
        Path argfile = Files.write(directory.resolve("java.args"), launcherArguments());
        List<String> command = new ArrayList<>(ownSession ? OsProcess.ownSession() : List.of());
        command.addAll(OsProcess.endWithParent());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + argfile);
        ProcessBuilder builder =
            new ProcessBuilder(command).redirectError(stderrFile(directory).toFile());
        return new ChildJvm(OsProcess.launch(builder), directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private List<String> launcherArguments() {
      // A class path is longer than some systems let a command line be, so all goes to a file.
      List<String> words = new ArrayList<>(jvmOptions);
      words.add("-cp");
      words.add(classPath == null ? ownClassPath() : classPath);
      words.add(main.getName());
      words.addAll(args);
      return words.stream().map(Builder::quote).toList();
    }

    private String ownClassPath() {
      // Under exec:java the application class path is Maven's; the loader knows the project's.
      if (main.getClassLoader() instanceof URLClassLoader loader) {
        List<String> entries = new ArrayList<>();
        for (URL url : loader.getURLs()) {
          entries.add(toPath(url));
        }
        return String.join(System.getProperty("path.separator"), entries);
      }
      return System.getProperty("java.class.path");
    }

    private static String toPath(URL url) {
      try {
        return Path.of(url.toURI()).toString();
      } catch (URISyntaxException e) {
        throw new IllegalStateException("Not a path: " + url, e);
      }
    }

    private static String quote(String word) {
      return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
  }
}
