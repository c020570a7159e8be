package com.techcorp.search.elasticsearch.internal;

import co.elastic.clients.transport.rest5_client.low_level.Cancellable;
import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import co.elastic.clients.transport.rest5_client.low_level.ResponseListener;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import com.techcorp.error.OverloadedException;
import com.techcorp.search.SearchUnavailableException;
import com.techcorp.search.elasticsearch.ElasticOptions;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * Sends requests to the engine: so many at once and no more, each with a deadline, and none for a
 * while after several have failed. No message has text from the engine. Thread-safe.
 */
public final class EngineCalls implements AutoCloseable {
  private static final int FAILURES_THAT_COUNT = 5;
  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;

  private final Rest5Client client;
  private final ElasticOptions options;
  private final Semaphore permits;
  private final CircuitBreaker breaker;
  private volatile boolean closed;

  /**
   * Sends nothing before the first call.
   *
   * @param access the servers
   * @param options times and bounds
   */
  public EngineCalls(ServerAccess access, ElasticOptions options) {
    this.client = access.client(options);
    this.options = options;
    this.permits = new Semaphore(options.concurrentRequests());
    this.breaker =
        CircuitBreaker.of(
            "techcorp-elasticsearch",
            CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(FAILURES_THAT_COUNT)
                .minimumNumberOfCalls(FAILURES_THAT_COUNT)
                .failureRateThreshold(100)
                .waitDurationInOpenState(options.breakerPause())
                .permittedNumberOfCallsInHalfOpenState(1)
                .build());
  }

  ElasticOptions options() {
    return options;
  }

  /**
   * Sends a request and waits for the reply, as long as {@link ElasticOptions#requestTimeout}.
   *
   * @return a reply of any status below 500, but 429
   * @throws SearchUnavailableException if there is none in time, or the engine fails
   * @throws OverloadedException if too many requests run, or the engine says so
   */
  EngineReply send(EngineRequest request) {
    return send(request, options.requestTimeout());
  }

  /** The same with another time to wait. */
  EngineReply send(EngineRequest request, Duration limit) {
    EngineReply reply = sendToBusy(request, limit);
    if (reply.status() == TOO_MANY_REQUESTS) {
      throw new OverloadedException("Elasticsearch has too much to do: try again later");
    }
    return reply;
  }

  /** The same, and returns a reply that says that the engine is busy. */
  EngineReply sendToBusy(EngineRequest request, Duration limit) {
    if (closed) {
      throw new SearchUnavailableException("The index is closed");
    }
    if (!permits.tryAcquire()) {
      throw new OverloadedException(
          "As many requests to Elasticsearch run as the options allow: "
              + options.concurrentRequests());
    }
    try {
      return guarded(request, limit);
    } finally {
      permits.release();
    }
  }

  private EngineReply guarded(EngineRequest request, Duration limit) {
    if (!breaker.tryAcquirePermission()) {
      throw new SearchUnavailableException(
          "Elasticsearch did not answer several times: no request is sent for a moment");
    }
    long begin = System.nanoTime();
    boolean answered = false;
    try {
      EngineReply reply = exchange(request, limit);
      answered = reply.status() < SERVER_ERROR;
      if (!answered) {
        throw new SearchUnavailableException(
            "Elasticsearch fails with status " + reply.status() + ": see its log");
      }
      return reply;
    } finally {
      long took = System.nanoTime() - begin;
      if (answered) {
        breaker.onSuccess(took, TimeUnit.NANOSECONDS);
      } else {
        breaker.onError(took, TimeUnit.NANOSECONDS, new MalformedReplyException());
      }
    }
  }

  private EngineReply exchange(EngineRequest request, Duration limit) {
    CompletableFuture<EngineReply> future = new CompletableFuture<>();
    Cancellable exchange;
    try {
      exchange = client.performRequestAsync(toClient(request), new Listener(future));
    } catch (RuntimeException e) {
      throw unreachable(e);
    }
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      exchange.cancel();
      throw new SearchUnavailableException(
          "Elasticsearch does not answer within " + limit.toMillis() + " ms");
    } catch (InterruptedException e) {
      exchange.cancel();
      Thread.currentThread().interrupt();
      throw new SearchUnavailableException("The thread was interrupted while it waited");
    } catch (ExecutionException e) {
      throw unreachable(e.getCause() == null ? e : e.getCause());
    }
  }

  /** Without its cause: what a server sends that speaks no HTTP may be quoted in it. */
  private static SearchUnavailableException unreachable(Throwable cause) {
    return new SearchUnavailableException(
        "Elasticsearch cannot be reached ("
            + cause.getClass().getSimpleName()
            + "): check the address, the certificate and the network");
  }

  private static Request toClient(EngineRequest request) {
    Request sent = new Request(request.method(), request.path());
    sent.addParameters(request.parameters());
    request
        .body()
        .ifPresent(json -> sent.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON)));
    return sent;
  }

  /** Turns what the client reports into a reply; a status of failure is a reply, too. */
  private static final class Listener implements ResponseListener {
    private final CompletableFuture<EngineReply> future;

    Listener(CompletableFuture<EngineReply> future) {
      this.future = future;
    }

    @Override
    public void onSuccess(Response response) {
      try {
        String product = response.getHeader("X-Elastic-Product");
        HttpEntity entity = response.getEntity();
        byte[] body = entity == null ? null : EntityUtils.toByteArray(entity);
        future.complete(
            new EngineReply(
                response.getStatusCode(),
                product == null ? "" : product,
                body == null ? new byte[0] : body));
      } catch (IOException | RuntimeException e) {
        future.completeExceptionally(e);
      }
    }

    @Override
    public void onFailure(Exception failure) {
      if (failure instanceof ResponseException answered) {
        onSuccess(answered.getResponse());
      } else {
        future.completeExceptionally(failure);
      }
    }
  }

  /**
   * Runs what sends requests and reads replies.
   *
   * @param call what to run
   * @return its result
   * @throws SearchUnavailableException if a reply cannot be read
   */
  public <T> T reading(Supplier<T> call) {
    try {
      return call.get();
    } catch (MalformedReplyException e) {
      throw new SearchUnavailableException(
          "The reply cannot be read: check that the server is Elasticsearch 9", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      client.close();
    } catch (IOException e) {
      // its connections are gone either way
    }
  }
}
