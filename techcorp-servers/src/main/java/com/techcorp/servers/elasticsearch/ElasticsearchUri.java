package com.techcorp.servers.elasticsearch;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * The address of a server: {@code http://user:password@host:port}.
 *
 * @param text without a slash at the end; may hold a password, {@link #toString()} never does
 */
record ElasticsearchUri(String text) {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when it is none; the message does not repeat it
   */
  static ElasticsearchUri parse(String text) {
    String address = text.trim().replaceAll("/+$", "");
    try {
      URI uri = new URI(address);
      if (uri.getScheme() != null && SCHEMES.contains(uri.getScheme()) && uri.getHost() != null) {
        return new ElasticsearchUri(address);
      }
    } catch (URISyntaxException e) {
      // Its message repeats the address.
    }
    throw new IllegalArgumentException(
        "An Elasticsearch address must read http://user:password@host:port, with what is special in"
            + " the password percent-encoded");
  }

  /** The address of a server on this machine. */
  static ElasticsearchUri local(int port) {
    return new ElasticsearchUri("http://127.0.0.1:" + port);
  }

  /** The address of a resource, without credentials. */
  URI resolve(String path) {
    return URI.create(this + path);
  }

  /** What a request says about who asks; empty for a server without users. */
  Optional<String> authorization() {
    return Optional.ofNullable(URI.create(text).getUserInfo())
        .map(user -> Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
        .map(credentials -> "Basic " + credentials);
  }

  @Override
  public String toString() {
    return text.replaceFirst("//[^/@]*@", "//");
  }
}
