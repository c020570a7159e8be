package com.techcorp.servers.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server as a direct child of this JVM, so that signals reach the server itself. It ends with
 * this JVM. Thread-safe: one life-cycle call at a time.
 */
public abstract class ServerProcess {
  private static final int PORT_ATTEMPTS = 5;
  private static final Duration PREDECESSOR_LIMIT = Duration.ofSeconds(15);

  private final Path directory;
  private final boolean temporary;
  private final List<Runnable> beforeExit = new CopyOnWriteArrayList<>();
  private final Thread hook;
  private @Nullable OsProcess running;

  /**
   * For the process of one kind of server. Nothing runs before {@link #begin}.
   *
   * @param name of the server, for the name of a thread
   * @param directory holds all that the server writes
   * @param temporary whether the directory is deleted at the end
   */
  protected ServerProcess(String name, Path directory, boolean temporary) {
    this.directory = directory;
    this.temporary = temporary;
    this.hook = new Thread(this::stopAtExit, "techcorp-" + name + "-stop");
  }

  /**
   * Launches the server on its data and its ports.
   *
   * @return the process, accepting connections
   * @throws IllegalStateException when it does not come up; the message has the end of its log
   */
  protected abstract OsProcess launch();

  /**
   * Ends the server.
   *
   * @param server the process, which may have ended already
   * @param orderly whether its data is needed again; if not, the fastest way will do
   */
  protected abstract void end(OsProcess server, boolean orderly);

  /**
   * The server's log.
   *
   * @return the file, which may not exist yet
   */
  public abstract LogFile log();

  /**
   * Takes the first process, and has it end with this JVM.
   *
   * @param first the process, accepting connections
   */
  protected final synchronized void begin(OsProcess first) {
    running = first;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Launches a server on ports that are free now. A port may be taken between being chosen and
   * being bound. A kept directory may still be held for a moment by a server whose owner was just
   * killed: its processes end one after the other.
   *
   * @param attempt chooses ports and launches
   * @param portTaken whether the message of a failure says that a port is taken
   * @param stillHeld whether it says that the directory is still held
   * @return the process, accepting connections
   * @throws IllegalStateException what the last attempt threw
   */
  protected static OsProcess launchOnFreePort(
      Supplier<OsProcess> attempt, Predicate<String> portTaken, Predicate<String> stillHeld) {
    long patience = System.nanoTime() + PREDECESSOR_LIMIT.toNanos();
    for (int number = 1; ; number++) {
      try {
        return attempt.get();
      } catch (IllegalStateException e) {
        String why = String.valueOf(e.getMessage());
        boolean anotherPort = portTaken.test(why) && number < PORT_ATTEMPTS;
        boolean wait = stillHeld.test(why) && System.nanoTime() - patience < 0;
        if (!anotherPort && !wait) {
          throw e;
        }
      }
    }
  }

  /**
   * Waits until a process that was launched accepts connections.
   *
   * @param name of the server, for the message of a failure
   * @param started the process
   * @param accepts whether it does
   * @param limit how long to wait
   * @param endOfLog how many characters of its log the message of a failure shows
   * @return the process
   * @throws IllegalStateException when it ended, or took longer
   */
  protected final OsProcess awaitStart(
      String name, OsProcess started, BooleanSupplier accepts, Duration limit, int endOfLog) {
    boolean decided = OsProcess.await(limit, () -> !started.isAlive() || accepts.getAsBoolean());
    if (!decided || !started.isAlive()) {
      started.killAndAwaitChildren();
      throw new IllegalStateException(
          name + " did not start. Its log ends:\n" + log().end(endOfLog));
    }
    return started;
  }

  /**
   * Where the server writes.
   *
   * @return the directory
   */
  protected final Path directory() {
    return directory;
  }

  /**
   * Whether the directory is deleted at the end.
   *
   * @return true if it is
   */
  protected final boolean temporary() {
    return temporary;
  }

  /**
   * The id of the process.
   *
   * @return another one after a restart
   */
  public final synchronized long pid() {
    return running().pid();
  }

  /** Kills the server and returns when its child processes have ended too. */
  public final synchronized void kill() {
    running().killAndAwaitChildren();
  }

  /** Stops the server in order unless it is dead already, and launches it once more. */
  public final synchronized void restart() {
    end(running(), true);
    running = launch();
  }

  /** Freezes the server. */
  public final synchronized void pause() {
    running().pause();
  }

  /** Lets a frozen server go on. */
  public final synchronized void resume() {
    running().resume();
  }

  /**
   * Has an action run before the server is ended because the JVM ends.
   *
   * @param action ends by itself
   */
  public final void beforeExit(Runnable action) {
    beforeExit.add(action);
  }

  /** Ends the server now and not once more when the JVM ends. Has no effect a second time. */
  public final void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      return;
    }
    stop();
  }

  private void stopAtExit() {
    beforeExit.forEach(Runnable::run);
    stop();
  }

  private synchronized void stop() {
    end(running(), !temporary);
    if (temporary) {
      Directories.delete(directory);
    }
  }

  private OsProcess running() {
    return Objects.requireNonNull(running, "begin() was not called");
  }
}
