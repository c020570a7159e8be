package com.techcorp.auth.token;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer that serves its document, or something else, and counts who asks. */
final class JwksServer implements AutoCloseable {
  private static final CountDownLatch OPEN = new CountDownLatch(0);
  private static final int CHUNKED = 0;
  private static final int NO_BODY = -1;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger fetches = new AtomicInteger();
  private final HttpServer server;
  private volatile int status = 200;
  private volatile String body = "";
  private volatile CountDownLatch gate = OPEN;
  private volatile boolean endless;

  JwksServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/jwks.json", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    fetches.incrementAndGet();
    try (exchange) {
      gate.await();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      if (endless) {
        exchange.sendResponseHeaders(status, CHUNKED);
        writeWithoutEnd(exchange.getResponseBody());
      } else if (bytes.length == 0) {
        exchange.sendResponseHeaders(status, NO_BODY);
      } else {
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeWithoutEnd(OutputStream out) throws IOException {
    while (endless) {
      out.write(new byte[1_024]);
      out.flush();
    }
  }

  URI uri() {
    InetSocketAddress address = server.getAddress();
    return URI.create("http://" + address.getHostString() + ":" + address.getPort() + "/jwks.json");
  }

  void publish(SigningKey... keys) {
    answer(200, Jwks.of(published(keys), Jwks.MAX_AGE).json());
  }

  private static List<VerificationKey> published(SigningKey... keys) {
    return List.of(keys).stream().map(SigningKey::verificationKey).toList();
  }

  void answer(int status, String body) {
    this.status = status;
    this.body = body;
  }

  /** From now on an answer has no end. */
  void answerWithoutEnd() {
    endless = true;
  }

  /** From now on requests wait until the returned latch is counted down. */
  CountDownLatch hold() {
    CountDownLatch held = new CountDownLatch(1);
    gate = held;
    return held;
  }

  int fetches() {
    return fetches.get();
  }

  @Override
  public void close() {
    endless = false;
    gate.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
