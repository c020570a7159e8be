package com.techcorp.testkit.provider;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Requests with JSON in and out, over connections that are kept. Thread-safe. */
final class HttpCalls {
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final URI provider;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /** It surely was not accepted. */
  static final class NotAccepted extends IOException {
    private static final long serialVersionUID = 1L;

    NotAccepted(String reason) {
      super(reason);
    }
  }

  HttpCalls(URI provider) {
    this.provider = provider;
  }

  URI provider() {
    return provider;
  }

  <T> T post(String path, Object body, Class<T> answer, Duration timeout)
      throws IOException, InterruptedException {
    return Wire.JSON.readValue(post(path, body, timeout), answer);
  }

  /**
   * Sends once and gives the body of the answer.
   *
   * @throws NotAccepted if the provider said that it is not there for it
   * @throws java.net.ConnectException if there was no connection
   * @throws IOException if there was no proper answer
   */
  byte[] post(String path, Object body, Duration timeout) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(provider.resolve(path))
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Wire.JSON.writeValueAsBytes(body)))
            .build();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() == 503 || response.statusCode() == 429) {
      throw new NotAccepted("the provider answered " + response.statusCode());
    }
    if (response.statusCode() != 200) {
      throw new IOException("the provider answered " + response.statusCode());
    }
    return response.body();
  }
}
