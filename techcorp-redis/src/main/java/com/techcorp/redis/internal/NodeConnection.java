package com.techcorp.redis.internal;

import com.techcorp.error.UnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to one server, or to the master that Sentinel names. It is made when it is needed,
 * and made again when it was lost, or when the server does not answer on it.
 *
 * <p>Lettuce's own reconnection is off. It keeps a connection to a server that hangs, since no one
 * closes it, and it sends again what was not answered.
 */
final class NodeConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeConnection.class);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final String name;
  private final Supplier<CompletionStage<Link>> connector;
  private final Duration limit;
  private final AtomicBoolean away = new AtomicBoolean();
  private @Nullable CompletableFuture<Link> current;
  private volatile boolean closed;
  private volatile long failedAt;

  /**
   * For a server; it connects later.
   *
   * @param name for the log
   * @param connector begins to connect
   * @param limit after which an attempt to connect is given up, if it has not ended by itself
   */
  NodeConnection(String name, Supplier<CompletionStage<Link>> connector, Duration limit) {
    this.name = name;
    this.connector = connector;
    this.limit = limit;
  }

  /**
   * Waits for the connection. After a failed attempt, callers are refused at once for a moment.
   *
   * @throws UnavailableException if there is none
   */
  Link open(Deadline deadline) {
    try {
      // A copy: who gives up waiting must not end the attempt for the others.
      return Replies.await(opening().copy(), deadline);
    } catch (RedisCommandExecutionException e) {
      throw RedisFaults.unavailable(e);
    }
  }

  /** Drops a connection on which the server has replied to nothing since a time. */
  void dropIfSilent(Link link, long since) {
    if (link.isSilentSince(since)) {
      drop(link);
    }
  }

  /** Drops a connection, so that the next caller gets another one. */
  synchronized void drop(Link link) {
    CompletableFuture<Link> opened = current;
    if (opened != null && isOpened(opened) && opened.join() == link) {
      current = null;
    }
    link.close();
  }

  @Override
  public synchronized void close() {
    closed = true;
    CompletableFuture<Link> opened = current;
    if (opened != null) {
      opened.cancel(false); // closes a connection that comes late
      closeIfOpened(opened);
    }
  }

  private synchronized CompletableFuture<Link> opening() {
    if (closed) {
      throw new UnavailableException("The connections to Redis are closed");
    }
    CompletableFuture<Link> opening = current;
    if (opening == null || isUseless(opening)) {
      if (opening != null) {
        closeIfOpened(opening);
      }
      opening = connect();
      current = opening;
    }
    return opening;
  }

  private boolean isUseless(CompletableFuture<Link> opening) {
    if (!opening.isDone()) {
      return false;
    }
    return isOpened(opening)
        ? !opening.join().isOpen()
        : System.nanoTime() - failedAt > PAUSE.toNanos();
  }

  private static boolean isOpened(CompletableFuture<Link> opening) {
    return opening.isDone() && !opening.isCompletedExceptionally();
  }

  private static void closeIfOpened(CompletableFuture<Link> opening) {
    if (isOpened(opening)) {
      opening.join().close();
    }
  }

  private CompletableFuture<Link> connect() {
    CompletableFuture<Link> opening = new CompletableFuture<>();
    opening.whenComplete((link, fault) -> note(fault));
    attempt()
        .whenComplete(
            (link, fault) -> {
              if (fault != null) {
                failedAt = System.nanoTime();
                opening.completeExceptionally(fault);
              } else if (!opening.complete(link)) {
                link.close();
              }
            });
    return opening.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private CompletionStage<Link> attempt() {
    try {
      return connector.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Says once that the server is away, and once that it is back. */
  private void note(@Nullable Throwable fault) {
    if (fault != null) {
      failedAt = System.nanoTime();
      if (!closed && away.compareAndSet(false, true)) {
        LOG.warn("{}: {}", name, RedisFaults.unavailable(fault).getMessage());
      }
    } else if (away.compareAndSet(true, false)) {
      LOG.info("{} is back", name);
    }
  }
}
