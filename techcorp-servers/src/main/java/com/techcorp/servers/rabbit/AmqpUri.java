package com.techcorp.servers.rabbit;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The address of a broker and of a virtual host in it. Its text never has the password. */
final class AmqpUri {
  /** Who a broker knows from the start, also the password. */
  static final String DEFAULT_USER = "guest";

  private static final Pattern FORM =
      Pattern.compile("(amqps?)://(?:([^/?@]*)@)?([^/?@]+?)(?::(\\d{1,5}))?(?:/([^/?]*))?(\\?.*)?");

  private final String text;
  private final Matcher parts;

  private AmqpUri(String text, Matcher parts) {
    this.text = text;
    this.parts = parts;
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when it is none; the message does not repeat it
   */
  static AmqpUri parse(String text) {
    Matcher parts = FORM.matcher(text.trim());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "An AMQP address must read amqp://user:password@host:port/virtual-host, the virtual host"
              + " percent-encoded");
    }
    return new AmqpUri(text.trim(), parts);
  }

  /** The address of the default virtual host of a broker on this machine. */
  static AmqpUri local(int port) {
    return parse("amqp://guest:guest@127.0.0.1:" + port + "/%2F");
  }

  /** As it was given, with the password. */
  String text() {
    return text;
  }

  /** The same for another virtual host. */
  String text(String virtualHost) {
    return text(part(2) == null ? "" : part(2) + "@", virtualHost);
  }

  /** The same for another virtual host and user, whose name and password need no encoding. */
  String text(String virtualHost, String user, String password) {
    return text(user + ":" + password + "@", virtualHost);
  }

  private String text(String user, String virtualHost) {
    String port = part(4) == null ? "" : ":" + part(4);
    String path = URLEncoder.encode(virtualHost, StandardCharsets.UTF_8).replace("+", "%20");
    String query = part(6) == null ? "" : part(6);
    return part(1) + "://" + user + part(3) + port + "/" + path + query;
  }

  String host() {
    return String.valueOf(part(3));
  }

  int port() {
    String port = part(4);
    return port != null ? Integer.parseInt(port) : "amqps".equals(part(1)) ? 5671 : 5672;
  }

  String user() {
    return credential(0);
  }

  String password() {
    return credential(1);
  }

  @Override
  public String toString() {
    return host() + ":" + port();
  }

  private String credential(int index) {
    String credentials = part(2);
    String[] pair = credentials == null ? new String[0] : credentials.split(":", 2);
    // A plus sign stands for itself in this part of an address.
    return index < pair.length
        ? URLDecoder.decode(pair[index].replace("+", "%2B"), StandardCharsets.UTF_8)
        : DEFAULT_USER;
  }

  private @Nullable String part(int group) {
    return parts.group(group);
  }
}
