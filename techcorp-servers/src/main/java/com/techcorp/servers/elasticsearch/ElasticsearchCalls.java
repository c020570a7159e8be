package com.techcorp.servers.elasticsearch;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls of a server's API, to administer it. No client library is needed for that. */
final class ElasticsearchCalls {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();
  private final ElasticsearchUri uri;

  /** Nothing is sent before the first call. */
  ElasticsearchCalls(ElasticsearchUri uri) {
    this.uri = uri;
  }

  /**
   * Sends a request without a body.
   *
   * @throws IllegalStateException when the server does not answer
   */
  Answer send(String method, String path) {
    return send(method, path, "");
  }

  /** The same with a body in JSON. */
  Answer send(String method, String path, String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri.resolve(path))
            .timeout(REQUEST_LIMIT)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json));
    uri.authorization().ifPresent(credentials -> request.header("Authorization", credentials));
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new IllegalStateException("Elasticsearch does not answer at " + uri + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for Elasticsearch", e);
    }
  }

  /**
   * What the server answered.
   *
   * @param status of HTTP
   * @param body its text
   */
  record Answer(int status, String body) {
    private static final int NOT_FOUND = 404;

    /**
     * The body of a good answer.
     *
     * @param what was asked, for the message
     * @throws IllegalStateException when it is none
     */
    String required(String what) {
      if (status / 100 != 2) {
        throw new IllegalStateException(
            "Elasticsearch refuses to " + what + ": HTTP status " + status + ", " + body);
      }
      return body;
    }

    /** The same; that there is no such thing is a good answer too. */
    void requiredIfFound(String what) {
      if (status != NOT_FOUND) {
        required(what);
      }
    }
  }
}
