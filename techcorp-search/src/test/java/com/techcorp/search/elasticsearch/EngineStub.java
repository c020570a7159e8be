package com.techcorp.search.elasticsearch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.techcorp.search.IndexOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Answers as Elasticsearch would if it were in trouble, which a healthy server cannot be made to
 * do. It records what it is asked. It has an index named {@code products} that is as it should be.
 */
final class EngineStub implements AutoCloseable {
  /** What a text of the engine contains, so that a test finds it where it must not be. */
  static final String ENGINE_TEXT = "text-of-the-engine";

  static final Answer NO_HITS =
      new Answer(
          200,
          """
          {"took":1,"timed_out":false,"_shards":{"total":1,"successful":1,"skipped":0,"failed":0},
           "hits":{"total":{"value":0,"relation":"eq"},"max_score":null,"hits":[]}}
          """);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Function<Asked, @Nullable Answer> behavior = request -> null;
  private volatile boolean isElasticsearch = true;

  /** What was asked. */
  record Asked(String method, String path, String query, String body, String authorization) {}

  /** What is answered. */
  record Answer(int status, String body) {
    static Answer error(int status) {
      return new Answer(
          status,
          "{\"error\":{\"type\":\"" + ENGINE_TEXT + "\",\"reason\":\"" + ENGINE_TEXT + "\"}}");
    }
  }

  private EngineStub(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  static EngineStub start() {
    try {
      return new EngineStub(HttpServer.create(anyPort(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static EngineStub start(SSLContext tls) {
    try {
      HttpsServer server = HttpsServer.create(anyPort(), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(tls));
      return new EngineStub(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  String uri() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers so from now on; null: as a healthy server would. */
  void answer(Function<Asked, @Nullable Answer> how) {
    behavior = how;
  }

  /** Answers every request to a path that ends so. */
  void answer(String end, Answer answer) {
    answer(request -> request.path().endsWith(end) ? answer : null);
  }

  void pretendToBeAnotherProduct() {
    isElasticsearch = false;
  }

  List<Asked> asked() {
    return asked;
  }

  /** An index on this stub, open. */
  ElasticIndex open(ElasticOptions options) {
    ElasticIndex index = ElasticIndex.builder(uri()).options(options).build();
    index.open(IndexOptions.DEFAULT);
    asked.clear();
    return index;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    Asked request =
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            String.valueOf(exchange.getRequestURI().getQuery()),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
            String.valueOf(authorization));
    asked.add(request);
    Answer special = behavior.apply(request);
    Answer answer = special == null ? healthy(request) : special;
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    if (isElasticsearch) {
      exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Answer healthy(Asked request) {
    return switch (request.path()) {
      case "/" -> new Answer(200, "{\"version\":{\"number\":\"9.5.3\"}}");
      case "/products" -> new Answer(200, index("{\"bool\":{}}", 1, "english"));
      case "/_alias/products" -> new Answer(200, "{\"products-first\":{\"aliases\":{}}}");
      case "/products/_search" -> NO_HITS;
      default -> Answer.error(404);
    };
  }

  /** The index {@code products} with a filter, a version of its mapping and a language. */
  static String index(String filter, int mapping, String language) {
    return """
        {"products-first":{
          "aliases":{"products":{"filter":%s},"products-first-write":{}},
          "mappings":{"_meta":{"techcorp":{"index":"products","mapping":%d,"language":"%s",
                                           "currency":"USD"}}}}}
        """
        .formatted(filter, mapping, language);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
