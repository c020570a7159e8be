package com.techcorp.servers.rabbit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** Administers a broker that somebody else runs, over the HTTP API of its management plugin. */
final class RabbitManagement implements RabbitAdmin {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
  private static final int NOT_FOUND = 404;
  private static final ObjectMapper JSON = new ObjectMapper();

  // An offer of HTTP/2 makes RabbitMQ's server hang up.
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();
  private final String url;
  private final AmqpUri broker;

  /**
   * Nothing is sent before the first call.
   *
   * @param url of the API, without {@code /api}
   * @param broker whose user asks, and is given the permissions
   */
  RabbitManagement(String url, AmqpUri broker) {
    this.url = url.replaceAll("/+$", "");
    this.broker = broker;
  }

  @Override
  public void create(String virtualHost) {
    String name = encode(virtualHost);
    require("create a virtual host", send("PUT", "vhosts/" + name, "{}"));
    permit(virtualHost, broker.user(), RabbitPermissions.ALL);
  }

  @Override
  public void delete(String virtualHost) {
    int status = send("DELETE", "vhosts/" + encode(virtualHost), "");
    require("delete a virtual host", status == NOT_FOUND ? 204 : status);
  }

  @Override
  public void createUser(String name, String password) {
    Map<String, String> user = Map.of("password", password, "tags", "");
    require("create a user", send("PUT", "users/" + encode(name), json(user)));
  }

  @Override
  public void permit(String virtualHost, String user, RabbitPermissions permissions) {
    Map<String, String> all =
        Map.of(
            "configure", permissions.configure(),
            "write", permissions.write(),
            "read", permissions.read());
    String path = "permissions/" + encode(virtualHost) + "/" + encode(user);
    require("give permissions", send("PUT", path, json(all)));
  }

  @Override
  public void deleteUser(String name) {
    int status = send("DELETE", "users/" + encode(name), "");
    require("delete a user", status == NOT_FOUND ? 204 : status);
  }

  private static String json(Map<String, String> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts that cannot be written as JSON", e);
    }
  }

  private void require(String what, int status) {
    if (status / 100 != 2) {
      throw new IllegalStateException(
          "RabbitMQ's management API at "
              + url
              + " refuses to "
              + what
              + ": HTTP status "
              + status
              + ". The user of "
              + RabbitVariables.URL
              + " needs the tag administrator.");
    }
  }

  private int send(String method, String path, String body) {
    byte[] credentials = (broker.user() + ":" + broker.password()).getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/" + path))
            .timeout(REQUEST_LIMIT)
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new IllegalStateException(
          "RabbitMQ's management API does not answer at "
              + url
              + " ("
              + e
              + "); virtual hosts need it. Enable the plugin rabbitmq_management, or set "
              + RabbitVariables.MANAGEMENT_URL
              + " to where it is.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking RabbitMQ's management API", e);
    }
  }

  private static String encode(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
