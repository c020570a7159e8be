package com.techcorp.mail;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * Makes one request to SendGrid. Its time-out is for all of it: the client's own are for each read.
 */
final class SendGridCall {
  /** The most bytes of a reply's body that are read. */
  static final int MAX_BYTES = 8 * 1024;

  private final HttpPost request;
  private final HttpClientContext context = HttpClientContext.create();
  private volatile boolean late;
  private @Nullable SendGridReply reply;

  SendGridCall(HttpPost request) {
    this.request = request;
  }

  /** Returns whether any byte of the request may have been written. */
  boolean mayBeWritten() {
    return WriteWatch.mayBeWritten(context);
  }

  /**
   * Sends the request and waits for the reply.
   *
   * @param timer ends the connection when the time is over
   * @return the reply; without a body if only its head came in time
   * @throws IOException if there is none
   */
  SendGridReply reply(CloseableHttpClient client, ScheduledExecutorService timer, Duration timeout)
      throws IOException {
    Future<?> deadline = timer.schedule(this::giveUp, timeout.toNanos(), TimeUnit.NANOSECONDS);
    try (ClassicHttpResponse response = client.executeOpen(null, request, context)) {
      reply = new SendGridReply(response.getCode(), headers(response), "");
      reply = new SendGridReply(reply.status(), reply.headers(), text(response.getEntity()));
      return reply;
    } catch (IOException | RuntimeException e) {
      return headOr(e, timeout);
    } finally {
      deadline.cancel(false);
    }
  }

  private void giveUp() {
    late = true;
    request.cancel();
  }

  private SendGridReply headOr(Exception failure, Duration timeout) throws IOException {
    if (reply != null) {
      return reply;
    }
    if (late) {
      throw new SocketTimeoutException("no reply within " + timeout);
    }
    throw failure instanceof IOException io ? io : new IOException(failure);
  }

  private static Map<String, String> headers(ClassicHttpResponse response) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : response.getHeaders()) {
      headers.putIfAbsent(header.getName(), header.getValue());
    }
    return headers;
  }

  /**
   * A body that was read to its end leaves the connection for the next request. One that is longer
   * is not closed, which would read the rest: the connection is ended with its response.
   */
  private static String text(@Nullable HttpEntity body) throws IOException {
    if (body == null) {
      return "";
    }
    byte[] beginning = body.getContent().readNBytes(MAX_BYTES);
    return beginning.length < MAX_BYTES ? new String(beginning, StandardCharsets.UTF_8) : "";
  }
}
