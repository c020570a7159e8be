package com.techcorp.amqp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.ConnectionFactory;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * Reads what is in a virtual host over the HTTP API of RabbitMQ's management plugin, as the user of
 * the AMQP connection. Thread-safe; neither address nor password is ever in an error.
 */
final class ManagementApi {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration REQUEST = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  // An offer of HTTP/2 makes RabbitMQ's server hang up.
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final URI api;
  private final ConnectionFactory factory;

  /**
   * Creates a client; sends no request yet.
   *
   * @param url of the plugin, such as {@code http://host:15672}
   * @param factory whose user asks, about whose virtual host
   * @throws WiringException if the URL cannot be read
   */
  ManagementApi(String url, ConnectionFactory factory) {
    this.factory = factory;
    try {
      URI uri = URI.create(url.replaceAll("/+$", "") + "/api/");
      if (uri.getHost() == null || uri.getUserInfo() != null || !isHttp(uri)) {
        throw new IllegalArgumentException("no URL of a server");
      }
      this.api = uri;
    } catch (IllegalArgumentException e) {
      throw new WiringException(
          "RabbitMQ's management API: the URL must read http://host:15672, without a user");
    }
  }

  private static boolean isHttp(URI uri) {
    return "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
  }

  /**
   * Lists all objects of a kind in the virtual host.
   *
   * @param kind {@code exchanges}, {@code queues} or {@code bindings}
   * @return an array
   */
  JsonNode list(String kind) {
    String host = URLEncoder.encode(factory.getVirtualHost(), StandardCharsets.UTF_8);
    return get(kind + "/" + host.replace("+", "%20"));
  }

  private JsonNode get(String path) {
    try {
      HttpResponse<byte[]> response =
          client.send(request(path), HttpResponse.BodyHandlers.ofByteArray());
      int status = response.statusCode();
      if (status == 401 || status == 403) {
        throw new WiringException(
            "RabbitMQ's management API refuses the user: it needs the tag monitoring, and a"
                + " permission in the virtual host");
      }
      if (status != 200) {
        throw new UnavailableException("RabbitMQ's management API answered " + status);
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UnavailableException(
          "RabbitMQ's management API does not answer: is the plugin enabled?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while RabbitMQ's management API was asked", e);
    }
  }

  private HttpRequest request(String path) {
    String credentials = factory.getUsername() + ":" + factory.getPassword();
    byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(api.resolve(path))
        .timeout(REQUEST)
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes))
        .build();
  }
}
