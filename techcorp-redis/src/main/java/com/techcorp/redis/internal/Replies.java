package com.techcorp.redis.internal;

import com.techcorp.error.UnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what Redis replies. */
final class Replies {
  private Replies() {}

  /**
   * Waits for a reply, and cancels what does not come.
   *
   * @throws RedisCommandExecutionException if the reply is an error
   * @throws NoReplyException if there is none at the deadline
   * @throws UnavailableException if there will be none
   */
  static <T> T await(Future<T> reply, Deadline deadline) {
    try {
      return reply.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RedisCommandExecutionException answer) {
        throw answer;
      }
      throw RedisFaults.unavailable(e);
    } catch (TimeoutException e) {
      reply.cancel(true);
      throw new NoReplyException();
    } catch (CancellationException e) {
      throw RedisFaults.unavailable(e);
    } catch (InterruptedException e) {
      reply.cancel(true);
      Thread.currentThread().interrupt();
      throw new UnavailableException("Interrupted while waiting for Redis", e);
    }
  }
}
