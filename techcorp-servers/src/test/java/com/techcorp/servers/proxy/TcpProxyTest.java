package com.techcorp.servers.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
  /** What a busy machine does not reach. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Duration A_WHILE = Duration.ofMillis(300);

  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private ServerSocket server;
  private TcpProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Sockets.daemon("echo-accept", this::serve);
    proxy = TcpProxy.before("127.0.0.1", server.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  private void serve() {
    try {
      while (true) {
        Socket client = server.accept();
        Sockets.daemon("echo", () -> echo(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void echo(Socket socket) {
    try (socket;
        BufferedReader in = reader(socket)) {
      String line;
      while ((line = in.readLine()) != null) {
        heard.add(line);
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
      heard.add("end");
    } catch (IOException e) {
      heard.add("reset");
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** A client that sends lines and reads them back. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Client(TcpProxy proxy) {
      try {
        socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(10_000);
        in = reader(socket);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Client patience(Duration limit) throws IOException {
      socket.setSoTimeout((int) limit.toMillis());
      return this;
    }

    void send(String line) throws IOException {
      socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
    }

    String ask(String line) throws IOException {
      send(line + "\n");
      String answer = in.readLine();
      if (answer == null) {
        throw new IOException("the end");
      }
      return answer;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void passesEverythingOn() throws IOException {
    try (Client one = new Client(proxy);
        Client two = new Client(proxy)) {
      assertThat(one.ask("a")).isEqualTo("a");
      assertThat(two.ask("b".repeat(200_000))).hasSize(200_000);
      assertThat(one.ask("c")).isEqualTo("c");
      assertThat(proxy.connections()).isEqualTo(2);
    }
    await().atMost(LIMIT).until(() -> heard.stream().filter("end"::equals).count() == 2);
    await().atMost(LIMIT).until(() -> proxy.connections() == 0);
  }

  @Test
  void delaysEachDirectionByItself() throws IOException {
    try (Client client = new Client(proxy)) {
      // given
      client.ask("connected");
      proxy.delay(A_WHILE, A_WHILE.multipliedBy(2));

      // when
      long begun = System.nanoTime();
      client.send("1\n2\n3\n");
      await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> heard.contains("3"));
      Duration there = Duration.ofNanos(System.nanoTime() - begun);
      assertThat(client.in.readLine()).isEqualTo("1");
      Duration back = Duration.ofNanos(System.nanoTime() - begun);

      // then
      assertThat(there).isGreaterThanOrEqualTo(A_WHILE);
      assertThat(back).isGreaterThanOrEqualTo(A_WHILE.multipliedBy(3));

      // and given
      proxy.restore();
      assertThat(client.in.readLine()).isEqualTo("2");
      assertThat(client.in.readLine()).isEqualTo("3");
      assertThat(client.ask("4")).isEqualTo("4");
    }
  }

  @Test
  void cutsAndRestores() throws IOException {
    try (Client open = new Client(proxy)) {
      // given
      open.ask("connected");

      // when
      proxy.cut();

      // then
      assertThatThrownBy(() -> open.ask("cut")).isInstanceOf(IOException.class);
      try (Client refused = new Client(proxy)) {
        assertThatThrownBy(() -> refused.ask("refused")).isInstanceOf(IOException.class);
      }
      await().atMost(LIMIT).until(() -> heard.contains("reset") && proxy.connections() == 0);

      // and given
      proxy.restore();
      try (Client again = new Client(proxy)) {
        assertThat(again.ask("again")).isEqualTo("again");
      }
      assertThat(heard).doesNotContain("cut", "refused");
    }
  }

  @Test
  void letsEverythingVanish() throws IOException {
    try (Client open = new Client(proxy);
        Client idle = new Client(proxy)) {
      // given
      open.ask("connected");
      idle.ask("connected");

      // when
      proxy.blackHole();

      // then: silence, not an end
      assertThatThrownBy(() -> open.patience(A_WHILE).ask("vanished"))
          .isInstanceOf(SocketTimeoutException.class);
      try (Client fresh = new Client(proxy)) {
        assertThatThrownBy(() -> fresh.patience(A_WHILE).ask("vanished"))
            .isInstanceOf(SocketTimeoutException.class);

        // and given
        proxy.restore();
        assertThatThrownBy(() -> fresh.ask("broken")).isInstanceOf(IOException.class);
      }
      assertThatThrownBy(() -> open.ask("broken")).isInstanceOf(IOException.class);
      assertThat(idle.ask("whole")).isEqualTo("whole");
      assertThat(heard).doesNotContain("vanished", "broken");
    }
  }

  @Test
  void theServerDoesNotLearnOfAnEndInABlackHole() throws IOException {
    Client client = new Client(proxy);
    client.ask("connected");
    proxy.blackHole();
    client.close();
    await().atMost(LIMIT).during(A_WHILE).until(() -> heard.size() == 1);
    proxy.restore();
    await().atMost(LIMIT).until(() -> heard.contains("reset"));
  }

  @Test
  void losesReplies() throws IOException {
    // given
    proxy.loseReplies(Pattern.compile("please"), 2);

    // when, then: also when the word comes in two pieces
    try (Client client = new Client(proxy)) {
      assertThat(client.ask("hello")).isEqualTo("hello");
      client.send("yes, ple");
      await().atMost(LIMIT).until(() -> proxy.lost() == 0);
      assertThatThrownBy(() -> client.ask("ase 1")).isInstanceOf(IOException.class);
    }
    try (Client client = new Client(proxy)) {
      assertThatThrownBy(() -> client.ask("please 2")).isInstanceOf(IOException.class);
    }
    try (Client client = new Client(proxy)) {
      assertThat(client.ask("please 3")).isEqualTo("please 3");
    }
    assertThat(proxy.lost()).isEqualTo(2);
    assertThat(heard).contains("yes, please 1", "please 2");
  }

  @Test
  void losesRepliesUntilRestored() throws IOException {
    // given
    proxy.loseReplies(Pattern.compile("please"), TcpProxy.ALWAYS);

    // when, then
    for (int i = 0; i < 5; i++) {
      try (Client client = new Client(proxy)) {
        assertThatThrownBy(() -> client.ask("please")).isInstanceOf(IOException.class);
      }
    }
    proxy.restore();
    try (Client client = new Client(proxy)) {
      assertThat(client.ask("please")).isEqualTo("please");
    }
    assertThat(proxy.lost()).isEqualTo(5);
  }

  @Test
  void closesEverything() throws IOException {
    Client client = new Client(proxy);
    client.ask("connected");
    int port = proxy.port();
    proxy.close();
    proxy.close();
    assertThatThrownBy(() -> client.ask("closed")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(IOException.class);
    assertThat(threads(port)).isEmpty();
  }

  @Test
  void refusesFromTheMomentItIsClosed() throws IOException {
    for (int i = 0; i < 300; i++) {
      // given a proxy that certainly waits for connections
      TcpProxy closed = TcpProxy.before("127.0.0.1", proxy.port());
      int port = closed.port();
      new Socket("127.0.0.1", port).close();

      // when
      closed.close();

      // then
      assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
          .isInstanceOf(IOException.class);
    }
  }

  private static List<String> threads(int port) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().endsWith("accept-" + port))
        .map(Thread::getName)
        .toList();
  }

  @Test
  void resetsAllButServesOn() throws IOException {
    try (Client client = new Client(proxy);
        Client idle = new Client(proxy)) {
      // given: an idle client may be connected before the proxy has accepted it
      client.ask("connected");
      await().atMost(LIMIT).until(() -> proxy.connections() == 2);

      // when
      proxy.resetAll();

      // then
      assertThatThrownBy(() -> client.ask("reset")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> idle.ask("reset")).isInstanceOf(IOException.class);
    }
    try (Client client = new Client(proxy)) {
      assertThat(client.ask("again")).isEqualTo("again");
    }
  }

  @Test
  void readsAddresses() {
    String port = ":" + proxy.port();
    assertThat(proxy.through("jdbc:postgresql://10.0.0.1:5432/db?user=a"))
        .isEqualTo("jdbc:postgresql://127.0.0.1" + port + "/db?user=a");
    assertThat(proxy.through("redis://:secret@cache:6379/0"))
        .isEqualTo("redis://:secret@127.0.0.1" + port + "/0");
    assertThat(proxy.through("http://localhost")).isEqualTo("http://127.0.0.1" + port);
    assertThatThrownBy(() -> proxy.through("nowhere")).isInstanceOf(IllegalArgumentException.class);
  }
}
