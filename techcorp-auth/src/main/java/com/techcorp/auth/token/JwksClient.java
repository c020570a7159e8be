package com.techcorp.auth.token;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Fetches a JWKS document, within a time and a length. Follows no redirect. */
final class JwksClient {
  private static final int OK = 200;

  private final HttpClient http;
  private final HttpRequest request;
  private final RemoteKeysOptions options;

  JwksClient(URI uri, RemoteKeysOptions options) {
    this.options = options;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(options.timeout())
            .build();
    this.request =
        HttpRequest.newBuilder(uri)
            .header("Accept", Jwks.CONTENT_TYPE + ", application/json")
            .timeout(options.timeout())
            .build();
  }

  /** Returns the keys once they are there; fails if that takes too long. */
  CompletableFuture<Map<String, VerificationKey>> fetch() {
    CompletableFuture<HttpResponse<byte[]>> call =
        http.sendAsync(request, response -> new BoundedBody(options.longest()));
    // The request's own time-out ends with the headers, and a body may trickle in.
    return call.thenApply(JwksClient::keys)
        .orTimeout(options.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((keys, fault) -> call.cancel(true));
  }

  private static Map<String, VerificationKey> keys(HttpResponse<byte[]> response) {
    if (response.statusCode() != OK) {
      throw new CompletionException(new IOException("status " + response.statusCode()));
    }
    Map<String, VerificationKey> keys =
        JwksReader.keys(new String(response.body(), StandardCharsets.UTF_8));
    if (keys.isEmpty()) {
      throw new CompletionException(new IOException("the document has no key for RS256"));
    }
    return keys;
  }
}
