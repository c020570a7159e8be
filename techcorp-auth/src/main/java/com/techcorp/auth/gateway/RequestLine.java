package com.techcorp.auth.gateway;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for: method, raw path and raw query, as the service receives them. Nothing of
 * it is decoded. Immutable; its text shows neither path nor query.
 *
 * <pre>{@code
 * RequestLine.of(exchange.getRequestMethod(), exchange.getRequestURI())     // the JDK's server
 * RequestLine.of(request.method().name(), request.uri())                    // Netty
 * RequestLine.of(                                                           // a servlet
 *     request.getMethod(), request.getRequestURI(), request.getQueryString())
 * }</pre>
 *
 * @param method such as {@code GET}
 * @param path such as {@code /orders/a%20b}; an empty one becomes {@code /}
 * @param query what stands after the question mark; empty if nothing does
 */
public record RequestLine(String method, String path, String query) {
  /** Refuses a null. */
  public RequestLine {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(query, "query");
    path = path.isEmpty() ? "/" : path;
  }

  /**
   * Takes what is asked for from a request's first line.
   *
   * @param method such as {@code GET}
   * @param target raw path and query, such as {@code /orders?page=2}
   * @return what is asked for
   */
  public static RequestLine of(String method, String target) {
    int mark = target.indexOf('?');
    return mark < 0
        ? new RequestLine(method, target, "")
        : new RequestLine(method, target.substring(0, mark), target.substring(mark + 1));
  }

  /**
   * Takes what is asked for from raw path and query, as a servlet has them.
   *
   * @param method such as {@code GET}
   * @param path the raw path
   * @param query the raw query, or null
   * @return what is asked for
   */
  public static RequestLine of(String method, String path, @Nullable String query) {
    return new RequestLine(method, path, query == null ? "" : query);
  }

  /**
   * Takes what is asked for from an address: that of a request which is sent, with its host, or
   * that of one which came.
   *
   * @param method such as {@code GET}
   * @param address whose raw path and query count
   * @return what is asked for
   */
  public static RequestLine of(String method, URI address) {
    // A path that begins with two slashes came without a host: "//a/b" does not name the host "a".
    return address.isAbsolute()
        ? of(method, Objects.requireNonNullElse(address.getRawPath(), ""), address.getRawQuery())
        : of(method, address.toString());
  }

  /** Whether it has nothing that a request's first line must not have. */
  boolean isPlain() {
    return HeaderSyntax.isName(method)
        && HeaderSyntax.isVisible(path)
        && (query.isEmpty() || HeaderSyntax.isVisible(query));
  }

  /** Returns a description without path and query: they may name persons and tokens. */
  @Override
  public String toString() {
    return "RequestLine[" + (HeaderSyntax.isName(method) ? method : "***") + " ***]";
  }
}
