package com.techcorp.search.elasticsearch.internal;

import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import com.techcorp.error.WiringException;
import com.techcorp.search.elasticsearch.ElasticOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Where the servers are, and who asks them. Its text has no secret. Immutable.
 *
 * @param nodes the servers
 * @param authorization the header that says who asks; null: nobody is told
 * @param trust what certificates are trusted; null: those of the JVM
 */
public record ServerAccess(
    List<HttpHost> nodes, @Nullable String authorization, @Nullable SSLContext trust) {
  /** Makes an unmodifiable copy. */
  public ServerAccess {
    nodes = List.copyOf(nodes);
  }

  /**
   * Reads addresses. A user and a password may stand in the first one.
   *
   * @param uris such as {@code https://search-1:9200}
   * @return the servers
   * @throws WiringException if one of them is no address; the message does not quote it, since it
   *     may hold a password
   */
  public static ServerAccess of(List<String> uris) {
    List<HttpHost> nodes = new ArrayList<>();
    String authorization = null;
    for (String text : uris) {
      URI uri = uri(text);
      nodes.add(host(uri));
      if (authorization == null && uri.getUserInfo() != null) {
        authorization = basic(uri.getUserInfo());
      }
    }
    return new ServerAccess(nodes, authorization, null);
  }

  private static URI uri(String text) {
    try {
      URI uri = URI.create(text);
      String path = uri.getPath();
      if (uri.getHost() != null
          && (isScheme(uri, "http") || isScheme(uri, "https"))
          && (path == null || path.isEmpty() || path.equals("/"))
          && uri.getQuery() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // as below; its message quotes the text
    }
    throw new WiringException(
        "An address of Elasticsearch looks like https://search-1:9200, without a path; one of"
            + " those given does not");
  }

  private static boolean isScheme(URI uri, String scheme) {
    return uri.getScheme() != null && uri.getScheme().toLowerCase(Locale.ROOT).equals(scheme);
  }

  private static HttpHost host(URI uri) {
    int port = uri.getPort() < 0 ? (isScheme(uri, "https") ? 443 : 80) : uri.getPort();
    return new HttpHost(uri.getScheme().toLowerCase(Locale.ROOT), uri.getHost(), port);
  }

  private static String basic(String userAndPassword) {
    return "Basic "
        + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Asks as a user.
   *
   * @param user its name
   * @param password its password
   * @return a changed copy
   */
  public ServerAccess withUser(String user, String password) {
    return new ServerAccess(nodes, basic(user + ":" + password), trust);
  }

  /**
   * Asks with an API key.
   *
   * @param encoded the key as Elasticsearch gave it ({@code encoded})
   * @return a changed copy
   */
  public ServerAccess withApiKey(String encoded) {
    return new ServerAccess(nodes, "ApiKey " + encoded, trust);
  }

  /**
   * Trusts some certificates only.
   *
   * @param trusted which
   * @return a changed copy
   */
  public ServerAccess withTrust(SSLContext trusted) {
    return new ServerAccess(nodes, authorization, trusted);
  }

  /** A client with as many connections as requests may run. */
  Rest5Client client(ElasticOptions options) {
    Timeout connect = timeout(options.connectTimeout().toMillis());
    long longest =
        Math.max(options.requestTimeout().toMillis(), options.searchTimeout().toMillis());
    var builder =
        Rest5Client.builder(nodes.toArray(HttpHost[]::new))
            .setConnectionConfigCallback(config -> config.setConnectTimeout(connect))
            .setRequestConfigCallback(
                config ->
                    config
                        .setConnectionRequestTimeout(timeout(longest))
                        .setResponseTimeout(timeout(longest)))
            .setConnectionManagerCallback(
                manager ->
                    manager
                        .setMaxConnPerRoute(options.concurrentRequests())
                        .setMaxConnTotal(options.concurrentRequests() * nodes.size()));
    if (authorization != null) {
      builder.setDefaultHeaders(new Header[] {new BasicHeader("Authorization", authorization)});
    }
    if (trust != null) {
      builder.setSSLContext(trust);
    }
    return builder.build();
  }

  private static Timeout timeout(long millis) {
    return Timeout.of(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public String toString() {
    return nodes.toString();
  }
}
