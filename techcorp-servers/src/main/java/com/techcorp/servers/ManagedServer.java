package com.techcorp.servers;

import com.techcorp.servers.process.ServerProcess;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A real server for tests and demos: the one that all tests of this JVM share, or a private one for
 * a test that kills, freezes or reconfigures it.
 *
 * <p>Only a private server has a process id, a log and a life cycle here; on the shared server
 * those methods throw {@link IllegalStateException}. Instances are thread-safe.
 */
public abstract class ManagedServer implements AutoCloseable {
  private final @Nullable ServerProcess process;
  private final List<Runnable> beforeExit = new CopyOnWriteArrayList<>();

  /**
   * For the class of one server.
   *
   * @param process the process of a private server; null for the shared one
   */
  protected ManagedServer(@Nullable ServerProcess process) {
    this.process = process;
  }

  /**
   * The id of the server's process.
   *
   * @return its process id, another one after {@link #restart()}
   */
  public final long pid() {
    return own().pid();
  }

  /**
   * Kills the server with SIGKILL and returns when its child processes have ended too. {@link
   * #restart()} brings it back.
   */
  public final void kill() {
    own().kill();
  }

  /**
   * Stops the server in order unless it is dead already, and starts it on the same data, port and
   * settings.
   *
   * @throws IllegalStateException when it does not come up; the message has the end of its log
   */
  public final void restart() {
    own().restart();
  }

  /**
   * Freezes the server's process (SIGSTOP).
   *
   * @throws UnsupportedOperationException on Windows
   */
  public final void pause() {
    own().pause();
  }

  /**
   * Lets a frozen server go on (SIGCONT).
   *
   * @throws UnsupportedOperationException on Windows
   */
  public final void resume() {
    own().resume();
  }

  /**
   * The server's log.
   *
   * @return its text since the server's directory was made
   */
  public final String log() {
    return logSince(0);
  }

  /**
   * The end of the server's log, to be remembered for {@link #logSince(long)}.
   *
   * @return the length of the log in bytes
   */
  public final long logPosition() {
    return own().log().length();
  }

  /**
   * What the server logged after a position.
   *
   * @param position an earlier {@link #logPosition()}
   * @return the text from there on
   */
  public final String logSince(long position) {
    return own().log().since(position);
  }

  /**
   * Has an action run when the JVM ends before {@link #close()}, and the server wait for it: the
   * place to drain what works on it, for shutdown hooks have no order. Ctrl-C at a terminal does
   * not reach the server itself on Linux. Without effect for a shared server in Docker or in a
   * private process.
   *
   * @param action ends by itself
   */
  public final void beforeExit(Runnable action) {
    beforeExit.add(action);
    if (process != null) {
      process.beforeExit(action);
    }
  }

  /**
   * Stops a private server and deletes its directory when that is a temporary one. Has no effect a
   * second time.
   */
  @Override
  public final void close() {
    own().close();
  }

  /**
   * Has a clean-up run when the JVM ends, after what {@link #beforeExit} was given: for a shared
   * server that goes on after this JVM.
   *
   * @param threadName the name of the thread that runs it
   * @param cleanUp removes what this JVM created there
   */
  protected final void cleanUpAtExit(String threadName, Runnable cleanUp) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  beforeExit.forEach(Runnable::run);
                  cleanUp.run();
                },
                threadName));
  }

  private ServerProcess own() {
    if (process == null) {
      throw new IllegalStateException(
          "Others use the shared server too: "
              + getClass().getSimpleName()
              + ".start() gives one of your own");
    }
    return process;
  }
}
