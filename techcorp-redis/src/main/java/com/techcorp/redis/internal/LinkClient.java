package com.techcorp.redis.internal;

import com.techcorp.redis.RedisOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens links. When it closes, it first waits for those that are being closed: Lettuce would close
 * them once more, and warn.
 */
final class LinkClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final RedisClient client;

  /** Done when all links are closed that began to close. */
  private volatile CompletableFuture<Void> closing = CompletableFuture.completedFuture(null);

  LinkClient(ClientResources resources, RedisOptions options) {
    client = RedisClient.create(resources);
    client.setOptions(LettuceSettings.client(options));
  }

  /** Begins to connect. */
  CompletionStage<Link> open(RedisURI uri) {
    CompletableFuture<Link> opened = new CompletableFuture<>();
    client
        .connectAsync(ScriptCall.CODEC, uri)
        .whenComplete(
            (connection, fault) -> {
              if (fault == null) {
                opened.complete(new Link(connection, this::note));
              } else {
                opened.completeExceptionally(fault);
              }
            });
    return opened;
  }

  private synchronized void note(CompletableFuture<Void> end) {
    closing = CompletableFuture.allOf(closing, end);
  }

  @Override
  public void close() {
    awaitClosed();
    client.shutdown(Duration.ZERO, LIMIT);
  }

  private void awaitClosed() {
    try {
      closing.get(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Lettuce closes what is still open.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
