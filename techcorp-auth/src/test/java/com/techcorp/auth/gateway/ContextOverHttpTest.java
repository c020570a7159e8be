package com.techcorp.auth.gateway;

import static com.techcorp.auth.gateway.TestContexts.ANA;
import static com.techcorp.auth.gateway.TestContexts.KEY;
import static com.techcorp.auth.gateway.TestContexts.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.techcorp.auth.TokenClaims;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A gateway and a service on the JDK's HTTP server, and an attacker with a socket. */
class ContextOverHttpTest {
  /** Of one connection; the JDK's client writes them itself. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

  private static final String TARGET = "/orders/a%20b?page=2&q=%C3%BC";

  private final ContextSigner signer = ContextSigner.of(ContextKeys.of(KEY));
  private final ContextVerifier verifier = ContextVerifier.of(ContextKeys.of(KEY));
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<HttpServer> servers = new ArrayList<>();
  private URI service;
  private URI gateway;

  private interface Handler {
    String answer(HttpExchange exchange) throws IOException, InterruptedException;
  }

  @BeforeEach
  void start() throws IOException {
    service = server(this::serve);
    gateway = server(this::forward);
  }

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }

  @Test
  void aServiceKnowsWhoSentARequestThroughTheGateway() throws Exception {
    for (String target : List.of(TARGET, "/", "/?", "//orders//x?a?b")) {
      assertThat(get(at(gateway, target), "Authorization", "Bearer ana"))
          .isEqualTo("200 ana@b\u00FCcher.example");
      assertThat(get(at(gateway, target), "Accept", "*/*")).isEqualTo("200 anonymous");
    }
  }

  @Test
  @Tag("T35")
  @Tag("T55")
  void whatIsSmuggledThroughTheGatewayNamesNobody() throws Exception {
    for (Map.Entry<String, String> smuggled : smuggled().entrySet()) {
      assertThat(send(smuggled.getValue()))
          .as("%s, without a token", smuggled.getKey())
          .endsWith("anonymous");
      assertThat(send("Authorization: Bearer ben\r\n" + smuggled.getValue()))
          .as("%s, with Ben's token", smuggled.getKey())
          .endsWith("ben@b\u00FCcher.example");
    }
  }

  /** Ana's context, as a gateway signed it for this request and somebody stole it. */
  private Map<String, String> smuggled() {
    RequestHeaders stolen = signer.sign(RequestLine.of("GET", TARGET), NONE, ANA);
    StringBuilder lines = new StringBuilder();
    stolen.forEach((name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
    String plain = lines.toString();
    StringBuilder others = new StringBuilder();
    for (int i = 0; i < 120; i++) {
      others.append("X-Other-").append(i).append(": x\r\n");
    }
    return Map.of(
        "as it was",
        plain,
        "in lower case",
        plain.toLowerCase(Locale.ROOT),
        "with underscores",
        plain.replace("X-TechCorp-Context-", "X_TechCorp_Context_"),
        "twice",
        plain + plain,
        "behind others",
        others + plain,
        "folded",
        plain.replace(": ", ":\r\n "),
        "as the folded rest of another",
        "X-Other: x\r\n " + plain.replace("\r\nX-", "\r\n X-"),
        "after bare line feeds",
        "X-Other: x\n" + plain.replace("\r\n", "\n") + "X-Other: x\r\n");
  }

  @Test
  void whatWasStolenNamesNobodyElsewhere() throws Exception {
    // given
    RequestHeaders stolen = signer.sign(RequestLine.of("GET", "/orders?page=2"), NONE, ANA);

    // then
    assertThat(get(at(service, "/orders?page=2"), stolen)).isEqualTo("200 " + ANA.email());
    for (String target :
        List.of("/orders?page=3", "/orders", "/orders/?page=2", "/Orders?page=2")) {
      assertThat(get(at(service, target), stolen)).isEqualTo("401 WRONG_SIGNATURE");
    }
    assertThat(get(at(service, "/orders?page=2"), ContextHeaders.USER, "x"))
        .isEqualTo("401 MISSING");
  }

  /** The gateway: whoever has a token "Bearer x" is x. */
  private String forward(HttpExchange exchange) throws IOException, InterruptedException {
    RequestHeaders outside = RequestHeaders.of(exchange.getRequestHeaders());
    URI address = at(service, exchange.getRequestURI().toString());
    RequestLine line = RequestLine.of(exchange.getRequestMethod(), address);
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    RequestHeaders forwarded =
        token == null
            ? signer.strip(outside)
            : signer.sign(line, outside, signer.context(claims(token), outside));
    return get(address, forwarded);
  }

  private static TokenClaims claims(String token) {
    String name = token.substring("Bearer ".length());
    Instant now = Instant.EPOCH;
    UUID id = UUID.randomUUID();
    return new TokenClaims(id, name + "@b\u00FCcher.example", id, id, now, now.plusSeconds(1));
  }

  private String serve(HttpExchange exchange) {
    ContextVerdict verdict =
        verifier.verify(
            RequestLine.of(exchange.getRequestMethod(), exchange.getRequestURI()),
            RequestHeaders.of(exchange.getRequestHeaders()));
    if (verdict instanceof ContextVerdict.Accepted accepted) {
      return "200 " + accepted.context().email();
    }
    return verdict instanceof ContextVerdict.Refused refused
        ? "401 " + refused.reason()
        : "200 anonymous";
  }

  private String get(URI address, String name, String value)
      throws IOException, InterruptedException {
    return get(address, RequestHeaders.of(Map.of(name, List.of(value))));
  }

  private String get(URI address, RequestHeaders headers) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    headers.forEach(
        (name, value) -> {
          if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
            request.header(name, value);
          }
        });
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Sends lines of headers as they are. */
  private String send(String lines) throws IOException {
    try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
      String request =
          "GET " + TARGET + " HTTP/1.1\r\nHost: x\r\n" + lines + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private URI server(Handler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, handler));
    server.start();
    servers.add(server);
    InetSocketAddress address = server.getAddress();
    return URI.create("http://" + address.getHostString() + ":" + address.getPort());
  }

  /** Not by {@link URI#resolve}: to it, {@code //a} is a host. */
  private static URI at(URI server, String target) {
    return URI.create(server + target);
  }

  private static void answer(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      byte[] body = handler.answer(exchange).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
