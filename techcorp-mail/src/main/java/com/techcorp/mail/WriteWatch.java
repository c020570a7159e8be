package com.techcorp.mail;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Notes when a request begins to be written: the client comes here only over a connection that is
 * there, with its tunnel through a proxy and its TLS. An exception alone does not show it.
 * Thread-safe.
 */
final class WriteWatch extends HttpRequestExecutor {
  private static final String WRITTEN = "techcorp.written";

  private final boolean hasProxyLogin;

  /** A proxy that does not let us through; the reply was not SendGrid's. */
  static final class ProxyRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ProxyRefusedException(int status) {
      super("the proxy answered " + status);
      this.status = status;
    }

    /**
     * Returns whether it wants to know who we are, and was not told, or not what it wants to hear.
     */
    boolean wantsLogin() {
      return status == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED;
    }
  }

  WriteWatch(boolean hasProxyLogin) {
    this.hasProxyLogin = hasProxyLogin;
  }

  /** Returns whether any byte of the request may have been written. */
  static boolean mayBeWritten(HttpContext context) {
    return context.getAttribute(WRITTEN) != null;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      @Nullable HttpResponseInformationCallback informed,
      HttpContext context)
      throws IOException, HttpException {
    if (Method.CONNECT.isSame(request.getMethod())) {
      return tunnel(request, super.execute(request, connection, informed, context));
    }
    context.setAttribute(WRITTEN, true);
    return super.execute(request, connection, informed, context);
  }

  /** The client would pass a refusal on as if SendGrid had answered, and read all of it before. */
  private ClassicHttpResponse tunnel(ClassicHttpRequest connect, ClassicHttpResponse response)
      throws ProxyRefusedException {
    int status = response.getCode();
    boolean logsInNext =
        status == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED
            && hasProxyLogin
            && !connect.containsHeader(HttpHeaders.PROXY_AUTHORIZATION);
    if (status >= 300 && !logsInNext) {
      throw new ProxyRefusedException(status);
    }
    return response;
  }
}
