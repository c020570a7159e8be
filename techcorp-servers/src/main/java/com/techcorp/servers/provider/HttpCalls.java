package com.techcorp.servers.provider;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Requests with JSON in and out, on the caller's thread, over connections that are kept. The JDK's
 * client would do, but takes several times the processor's time for it, and the tests that use this
 * measure the caller. Thread-safe.
 */
final class HttpCalls implements AutoCloseable {
  private final URI provider;
  private final Deque<HttpConnection> idle = new ConcurrentLinkedDeque<>();

  /** It surely was not accepted. */
  static final class NotAcceptedException extends IOException {
    private static final long serialVersionUID = 1L;

    NotAcceptedException(String reason) {
      super(reason);
    }
  }

  HttpCalls(URI provider) {
    this.provider = provider;
  }

  URI provider() {
    return provider;
  }

  <T> T post(String path, Object body, Class<T> answer, Duration timeout) throws IOException {
    return Wire.JSON.readValue(post(path, body, timeout), answer);
  }

  /**
   * Sends once and gives the body of the answer. Can be interrupted.
   *
   * @throws NotAcceptedException if the provider said that it is not there for it
   * @throws ConnectException if there was no connection
   * @throws IOException if there was no proper answer
   */
  byte[] post(String path, Object body, Duration timeout) throws IOException {
    byte[] json = Wire.JSON.writeValueAsBytes(body);
    HttpConnection connection = connection();
    boolean whole = false;
    try {
      HttpConnection.Response response = connection.post(path, json, timeout);
      whole = true;
      if (response.status() == 503 || response.status() == 429) {
        throw new NotAcceptedException("the provider answered " + response.status());
      }
      if (response.status() != 200) {
        throw new IOException("the provider answered " + response.status());
      }
      return response.body();
    } finally {
      if (whole) {
        idle.push(connection);
      } else {
        connection.close();
      }
    }
  }

  /** Closes the connections that are idle now; the next call opens one again. */
  @Override
  public void close() {
    HttpConnection kept;
    while ((kept = idle.poll()) != null) {
      kept.close();
    }
  }

  private HttpConnection connection() throws IOException {
    HttpConnection kept;
    while ((kept = idle.poll()) != null) {
      if (kept.isOpen()) {
        return kept;
      }
      kept.close();
    }
    try {
      return HttpConnection.open(provider);
    } catch (IOException e) {
      ConnectException refused = new ConnectException("the provider could not be reached");
      refused.initCause(e);
      throw refused;
    }
  }
}
