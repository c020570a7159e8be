package com.techcorp.mail;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection's socket when the time of the message that it carries is over, whatever its
 * thread waits for: a time-out of each read never comes if every read brings a byte. Thread-safe.
 */
final class SocketDeadline {
  private static final Logger log = LoggerFactory.getLogger(SocketDeadline.class);

  private final ScheduledExecutorService timer;
  private @Nullable Socket socket;
  private @Nullable ScheduledFuture<?> alarm;
  private long turn;
  private boolean over;

  SocketDeadline(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** Watches over a socket that is about to be connected, or to begin with TLS. */
  synchronized void guard(Socket made) throws IOException {
    socket = made;
    if (over) {
      made.close();
      throw late();
    }
  }

  /**
   * Sets the time that is left from now on, in place of what was set before.
   *
   * @return false if that is over: the socket is closed
   */
  synchronized boolean set(long nanos) {
    cancel();
    if (over) {
      return false;
    }
    long mine = turn;
    alarm = timer.schedule(() -> strike(mine), nanos, TimeUnit.NANOSECONDS);
    return true;
  }

  /** Lets the socket wait for another message, as long as it may. */
  synchronized void clear() {
    cancel();
  }

  private void cancel() {
    turn++;
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
  }

  synchronized boolean isOver() {
    return over;
  }

  /**
   * Returns a time-out exception if a failure is due to the socket having been closed by the
   * deadline.
   */
  static SocketTimeoutException late() {
    return new SocketTimeoutException("no time is left");
  }

  private synchronized void strike(long itsTurn) {
    if (itsTurn == turn) {
      over = true;
      close();
    }
  }

  /** Closes the socket itself, without a word to the server: that could take time again. */
  synchronized void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      log.debug("A socket was gone before it was closed", e);
    }
  }
}
