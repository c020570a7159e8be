package com.techcorp.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server in SendGrid's place that answers as a test says, 202 when it says nothing. */
final class SendGridStub implements AutoCloseable {
  private final HttpServer server;
  private final String address;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Deque<Answer> script = new ConcurrentLinkedDeque<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** A request as it came. */
  record Request(
      String method, String path, Map<String, List<String>> headers, JsonNode body, int port) {}

  /** What to do with a request. */
  interface Answer {
    void give(HttpExchange exchange) throws IOException, InterruptedException;
  }

  SendGridStub() {
    this(created(false), "http://127.0.0.1:");
  }

  /** With the certificate of {@link TestCertificate}, which is for {@code localhost}. */
  static SendGridStub encrypted() {
    return new SendGridStub(created(true), "https://localhost:");
  }

  private SendGridStub(HttpServer server, String address) {
    this.server = server;
    this.address = address;
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  private static HttpServer created(boolean encrypted) {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      if (!encrypted) {
        return HttpServer.create(anyPort, 50);
      }
      HttpsServer server = HttpsServer.create(anyPort, 50);
      server.setHttpsConfigurator(new HttpsConfigurator(TestCertificate.context()));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return URI.create(address + server.getAddress().getPort());
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Of the connections over which requests came. */
  List<Integer> ports() {
    return requests.stream().map(Request::port).toList();
  }

  /** The next request that has no answer yet gets this one. */
  SendGridStub then(Answer answer) {
    script.add(answer);
    return this;
  }

  SendGridStub then(int status, String body, String... headers) {
    return then(exchange -> reply(exchange, status, body, headers));
  }

  /** The next request is read and never answered. */
  SendGridStub thenNothing() {
    return then(exchange -> end.await());
  }

  /** The next request is read, and the connection ended. */
  SendGridStub thenHangUp() {
    return then(HttpExchange::close);
  }

  /** The next answer has a head, and a body that never ends. */
  SendGridStub thenHeadOnly(int status) {
    return then(
        exchange -> {
          exchange.sendResponseHeaders(status, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          end.await();
        });
  }

  private static void reply(HttpExchange exchange, int status, String body, String... headers)
      throws IOException {
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            Map.copyOf(exchange.getRequestHeaders()),
            new ObjectMapper().readTree(exchange.getRequestBody()),
            exchange.getRemoteAddress().getPort()));
    Answer answer = script.poll();
    try {
      if (answer == null) {
        reply(exchange, 202, "", "X-Message-Id", "sg-" + requests.size());
      } else {
        answer.give(exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
