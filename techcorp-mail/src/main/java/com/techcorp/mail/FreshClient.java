package com.techcorp.mail;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A client whose connections have not idled for long: on one that the network has dropped silently
 * a mail would end in doubt. HTTP/1.1, so that a lost connection leaves one mail in doubt, not all
 * that share it. Thread-safe.
 */
final class FreshClient {
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final Duration connectTimeout;
  private final LongSupplier nanoTime;
  private HttpClient client;
  private long lastUsed;

  FreshClient(Duration connectTimeout, LongSupplier nanoTime) {
    this.connectTimeout = connectTimeout;
    this.nanoTime = nanoTime;
    this.client = client();
    this.lastUsed = nanoTime.getAsLong();
  }

  synchronized HttpClient get() {
    long now = nanoTime.getAsLong();
    if (now - lastUsed >= IDLE.toNanos()) {
      client = client();
    }
    lastUsed = now;
    return client;
  }

  private HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(connectTimeout)
        .build();
  }
}
