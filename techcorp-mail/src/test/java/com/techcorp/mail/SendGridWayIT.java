package com.techcorp.mail;

import static com.techcorp.mail.TestMails.confirmed;
import static com.techcorp.mail.TestMails.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.WiringException;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryDeferredException;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Notification;
import com.techcorp.notification.Notifier;
import com.techcorp.notification.SendResult;
import com.techcorp.notification.spi.DeliveryLog;
import com.techcorp.testkit.MemoryStorage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies that refuse and TLS that fails on the way to SendGrid. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SendGridWayIT {
  private static final String KEY = "SG.s3cret-key";
  private static final String USER = "shop";
  private static final String PASSWORD = "s3cret-of-the-shop";
  private static final String LOGIN =
      "Proxy-Authorization: Basic c2hvcDpzM2NyZXQtb2YtdGhlLXNob3A=\r\n";
  private static final Duration CONNECT = Duration.ofMillis(700);
  private static final Duration TIMEOUT = Duration.ofMillis(1_500);

  /** Enough for what is to succeed, also on a busy machine. */
  private static final Duration LONG = Duration.ofSeconds(60);

  private final SendGridStub sendGrid = SendGridStub.encrypted();
  private final List<AutoCloseable> toClose = new ArrayList<>(List.of(sendGrid));

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : toClose) {
      closeable.close();
    }
  }

  private LoopbackPeer open(LoopbackPeer peer) {
    toClose.add(peer);
    return peer;
  }

  private static SendGridSender.Builder builder(URI uri) {
    return SendGridSender.builder(KEY, TestMails.FROM)
        .baseUri(uri)
        .trusting(TestCertificate.context())
        .connectTimeout(CONNECT)
        .timeout(TIMEOUT);
  }

  private static SendGridSender.Builder patient(URI uri) {
    return builder(uri).connectTimeout(LONG.dividedBy(2)).timeout(LONG);
  }

  private SendGridSender build(SendGridSender.Builder builder) {
    SendGridSender sender = builder.build();
    toClose.add(sender);
    return sender;
  }

  private static URI https(int port) {
    return URI.create("https://localhost:" + port);
  }

  private static SendResult.NotSent assertTriedAgain(SendGridSender sender) {
    SendResult result = sender.send(message());
    assertThat(result).isInstanceOf(SendResult.NotSent.class);
    SendResult.NotSent notSent = (SendResult.NotSent) result;
    assertThat(notSent.retryable()).isTrue();
    assertThat(notSent.reason()).doesNotContain(KEY, PASSWORD);
    return notSent;
  }

  @ParameterizedTest
  @DisplayName("S3: what a proxy refuses was not sent")
  @ValueSource(
      strings = {
        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
            + "Content-Length: 0\r\n\r\n",
        "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: NTLM\r\n\r\n",
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nno!\n",
        "HTTP/1.1 404 Not Found\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: https://login.example.com\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 504 Gateway Time-out\r\nContent-Length: 0\r\n\r\n",
        "220 mail.example.com ESMTP\r\n",
        "\0\1\2\3\r\n\r\n",
        "HTTP/1.1 200 Connected\r\n\r\n",
        "HTTP/1.1 200 Connected\r\n\r\nHTTP/1.1 400 Bad Request\r\n\r\n",
        ""
      })
  void whatAProxyRefusesWasNotSent(String reply) {
    LoopbackPeer proxy = open(LoopbackPeer.refusingProxy(reply));
    SendGridSender sender =
        build(builder(sendGrid.uri()).proxy("127.0.0.1", proxy.port(), USER, PASSWORD));
    assertTriedAgain(sender);
    assertThat(proxy.heads())
        .isNotEmpty()
        .allSatisfy(head -> assertThat(head).startsWith("CONNECT localhost:"));
    assertThat(sendGrid.requests()).isEmpty();
  }

  @Test
  @DisplayName(
      "S3: a proxy that ends the connection, or cannot be reached, leaves nothing in doubt")
  void aProxyThatIsNotThere() {
    LoopbackPeer proxy =
        open(new LoopbackPeer((peer, socket) -> peer.readHead(socket.getInputStream())));
    SendGridSender sender = build(builder(sendGrid.uri()).proxy("127.0.0.1", proxy.port()));
    assertTriedAgain(sender);
    proxy.close();
    assertTriedAgain(sender);
    assertTriedAgain(build(builder(sendGrid.uri()).proxy("no-such-proxy.invalid", 3128)));
  }

  @ParameterizedTest
  @DisplayName("S3: a proxy's answer that does not end is not read to its end")
  @ValueSource(
      strings = {
        "HTTP/1.1 200 Connected\r\nX-Endless: ",
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 9999999999\r\n\r\n",
        "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
            + "Content-Length: 9999999999\r\n\r\n"
      })
  void anEndlessAnswerOfAProxy(String beginning) {
    LoopbackPeer proxy =
        open(
            new LoopbackPeer(
                (peer, socket) -> {
                  peer.readHead(socket.getInputStream());
                  LoopbackPeer.say(socket, beginning);
                  OutputStream out = socket.getOutputStream();
                  byte[] more = "x".repeat(8_192).getBytes(StandardCharsets.UTF_8);
                  while (!socket.isClosed()) {
                    out.write(more);
                  }
                }));
    assertTriedAgain(
        build(builder(sendGrid.uri()).proxy("127.0.0.1", proxy.port(), USER, PASSWORD)));
  }

  @Test
  @DisplayName("S3: a proxy that wants a login is named as what must be configured")
  void aProxyThatWantsALoginIsNamed() {
    LoopbackPeer proxy = open(LoopbackPeer.proxy(LOGIN));

    SendGridSender nobody = build(patient(sendGrid.uri()).proxy("127.0.0.1", proxy.port()));
    assertThat(assertTriedAgain(nobody).reason())
        .contains("407")
        .contains("SendGridSender.Builder.proxy");

    SendGridSender wrong =
        build(patient(sendGrid.uri()).proxy("127.0.0.1", proxy.port(), USER, "wrong"));
    assertThat(assertTriedAgain(wrong).reason()).contains("407").doesNotContain("wrong");
    assertThat(sendGrid.requests()).isEmpty();
  }

  @Test
  @DisplayName("S3: a mail goes through a proxy that wants a login, and SendGrid does not see it")
  void aMailGoesThroughAProxy() {
    LoopbackPeer proxy = open(LoopbackPeer.proxy(LOGIN));
    SendGridSender sender =
        build(patient(sendGrid.uri()).proxy("127.0.0.1", proxy.port(), USER, PASSWORD));

    assertThat(sender.send(message())).isInstanceOf(SendResult.Accepted.class);
    assertThat(sender.send(message())).isInstanceOf(SendResult.Accepted.class);

    assertThat(sendGrid.requests())
        .hasSize(2)
        .allSatisfy(
            request ->
                assertThat(request.headers().keySet())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("proxy-")));
    assertThat(sendGrid.ports()).as("connections").containsOnly(sendGrid.ports().get(0));
    assertThat(proxy.heads()).noneMatch(head -> head.contains(KEY));
    assertThat(sender.toString()).doesNotContain(PASSWORD);
  }

  @Test
  @DisplayName("S3: without a proxy of the host's, the JVM's is used")
  void theProxyOfTheJvm() {
    LoopbackPeer proxy = open(LoopbackPeer.proxy(""));
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.port())));
    try {
      assertThat(build(patient(sendGrid.uri())).send(message()))
          .isInstanceOf(SendResult.Accepted.class);
    } finally {
      ProxySelector.setDefault(before);
    }
    assertThat(proxy.heads()).hasSize(1);
  }

  @Test
  @Tag("T30")
  @DisplayName("S3: what is lost behind the proxy once the request was written stays in doubt")
  void whatIsLostBehindTheProxyIsUnknown() {
    LoopbackPeer proxy = open(LoopbackPeer.proxy(""));
    SendGridSender sender = build(patient(sendGrid.uri()).proxy("127.0.0.1", proxy.port()));
    sendGrid.thenHangUp();
    assertThat(sender.send(message())).isInstanceOf(SendResult.Unknown.class);
    assertThat(sendGrid.requests()).hasSize(1);
  }

  @Test
  @DisplayName("S3: a key is not shown to a proxy in the clear")
  void aProxyNeedsTls() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(
            () -> builder(URI.create("http://127.0.0.1:1")).proxy("127.0.0.1", 3128).build())
        .withMessageContaining("proxy");
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> builder(sendGrid.uri()).proxy(" ", 3128).build());
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> builder(sendGrid.uri()).proxy("proxy", 0).build());
  }

  /** What a peer does in place of TLS. */
  enum NoTls {
    CLOSES_AT_ONCE((peer, socket) -> {}),
    RESETS_AT_ONCE((peer, socket) -> LoopbackPeer.reset(socket)),
    CLOSES_AFTER_THE_HELLO((peer, socket) -> socket.getInputStream().read(new byte[1_000])),
    RESETS_AFTER_THE_HELLO(
        (peer, socket) -> {
          socket.getInputStream().read(new byte[1_000]);
          LoopbackPeer.reset(socket);
        }),
    IS_SILENT((peer, socket) -> LoopbackPeer.silent(socket)),
    SPEAKS_HTTP(
        (peer, socket) -> {
          socket.getInputStream().read(new byte[1_000]);
          LoopbackPeer.say(
              socket,
              "HTTP/1.1 400 Bad Request\r\nContent-Length: 45\r\n\r\n"
                  + "The plain HTTP request was sent to HTTPS port");
        }),
    SPEAKS_SMTP((peer, socket) -> LoopbackPeer.say(socket, "220 mail.example.com ESMTP\r\n")),
    DRIPS(
        (peer, socket) -> {
          socket.setTcpNoDelay(true);
          LoopbackPeer.say(socket, "\26\3\3\77\377\2");
          while (!socket.isClosed()) {
            LoopbackPeer.say(socket, "\0");
            LockSupport.parkNanos(50_000_000);
          }
        }),
    IS_CUT_IN_THE_HANDSHAKE(
        (peer, socket) -> {
          socket.getInputStream().read(new byte[1_000]);
          LoopbackPeer.say(socket, "\26\3\3\0\172\2\0\0\166\3\3");
        }),
    SENDS_AN_ALERT(
        (peer, socket) -> {
          socket.getInputStream().read(new byte[1_000]);
          LoopbackPeer.say(socket, "\25\3\3\0\2\2\50");
        });

    private final LoopbackPeer.Talk talk;

    NoTls(LoopbackPeer.Talk talk) {
      this.talk = talk;
    }
  }

  @ParameterizedTest
  @DisplayName("S3: where TLS fails nothing was sent")
  @EnumSource
  void whereTlsFailsNothingWasSent(NoTls peer) {
    LoopbackPeer server = open(new LoopbackPeer(peer.talk));
    assertTriedAgain(build(builder(https(server.port()))));

    LoopbackPeer proxy = open(LoopbackPeer.proxy(""));
    assertTriedAgain(build(builder(https(server.port())).proxy("127.0.0.1", proxy.port())));
  }

  @Test
  @DisplayName("S3: a certificate that is not believed, or is another's, is shown no mail")
  void aBadCertificate() throws Exception {
    SendGridSender stranger = build(patient(sendGrid.uri()).trusting(SSLContext.getDefault()));
    assertThat(assertTriedAgain(stranger).reason()).contains("SSL");

    URI otherName = URI.create("https://127.0.0.1:" + sendGrid.uri().getPort());
    assertThat(assertTriedAgain(build(patient(otherName))).reason()).contains("SSL");
    assertThat(sendGrid.requests()).isEmpty();
  }

  @Test
  @DisplayName("S3: what cannot be connected to was sent nothing")
  void noConnection() throws IOException {
    assertTriedAgain(build(builder(URI.create("https://no-such-host.invalid"))));
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // nobody accepts, and the queue is full
      List<Socket> waiting = new ArrayList<>();
      SocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), full.getLocalPort());
      for (int i = 0; i < 3; i++) {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
          socket.connect(address, 200);
        } catch (SocketTimeoutException e) {
          assertThat(i).as("connections that fit into the queue").isPositive();
        }
      }
      assertTriedAgain(build(builder(https(full.getLocalPort()))));
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  @Test
  @DisplayName("S3: once the way is mended, each mail goes out once")
  void onceTheWayIsMended() {
    DeliveryLog log = MemoryStorage.create().deliveries();
    LoopbackPeer refusing = open(LoopbackPeer.refusingProxy("HTTP/1.1 503 Busy\r\n\r\n"));
    Notifier before =
        TestMails.notifier(log, build(builder(sendGrid.uri()).proxy("127.0.0.1", refusing.port())));
    Notification notification = confirmed(Locale.ENGLISH, "Shirt");
    assertThatExceptionOfType(DeliveryDeferredException.class)
        .isThrownBy(() -> before.send(notification));
    assertThat(log.about(notification.stream()))
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.QUEUED);

    Notifier after = TestMails.notifier(log, build(patient(sendGrid.uri())));
    assertThat(after.send(notification).status()).isEqualTo(DeliveryStatus.ACCEPTED);
    assertThat(sendGrid.requests()).hasSize(1);
  }
}
