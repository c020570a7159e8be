package com.techcorp.mail;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request. Its time-out is for all of it: the client's own ends with the reply's headers. */
final class SendGridCall {
  private final HttpRequest request;
  private volatile HttpResponse.@Nullable ResponseInfo head;

  SendGridCall(HttpRequest request) {
    this.request = request;
  }

  /**
   * Asks, and waits.
   *
   * @return the reply; without a body if only its head came in time
   * @throws IOException if there is none
   */
  SendGridReply reply(HttpClient client, Duration timeout)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> call = client.sendAsync(request, this::body);
    try {
      HttpResponse<String> response = call.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return new SendGridReply(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      return headOr(new HttpTimeoutException("no reply within " + timeout));
    } catch (ExecutionException e) {
      return headOr(e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
    } finally {
      call.cancel(true);
    }
  }

  private HttpResponse.BodySubscriber<String> body(HttpResponse.ResponseInfo info) {
    head = info;
    return new BoundedText();
  }

  private SendGridReply headOr(IOException failure) throws IOException {
    HttpResponse.ResponseInfo known = head;
    if (known == null) {
      throw failure;
    }
    return new SendGridReply(known.statusCode(), known.headers(), "");
  }
}
