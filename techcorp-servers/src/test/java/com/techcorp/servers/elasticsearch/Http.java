package com.techcorp.servers.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Calls of Elasticsearch as they go over the wire. */
final class Http {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]*)\"");

  private Http() {}

  static String get(ElasticsearchServer server, String path) throws Exception {
    return get(server, path, LIMIT);
  }

  static String get(ElasticsearchServer server, String path, Duration limit) throws Exception {
    return good(send(server, path, "GET", "", limit));
  }

  static String put(ElasticsearchServer server, String path, String body) throws Exception {
    return good(send(server, path, "PUT", body, LIMIT));
  }

  static String post(ElasticsearchServer server, String path, String body) throws Exception {
    return good(send(server, path, "POST", body, LIMIT));
  }

  static int status(ElasticsearchServer server, String path) throws Exception {
    return send(server, path, "GET", "", LIMIT).statusCode();
  }

  static String header(ElasticsearchServer server, String path, String name) throws Exception {
    return send(server, path, "GET", "", LIMIT).headers().firstValue(name).orElseThrow();
  }

  /** What an answer of {@code _analyze} says. */
  static List<String> tokens(String answer) {
    return TOKEN.matcher(answer).results().map(token -> token.group(1)).toList();
  }

  private static HttpResponse<String> send(
      ElasticsearchServer server, String path, String method, String body, Duration limit)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .timeout(limit)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  private static String good(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    return response.body();
  }
}
