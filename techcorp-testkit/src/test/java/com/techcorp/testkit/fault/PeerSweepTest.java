package com.techcorp.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.techcorp.testkit.fault.PeerSweep.Point;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sweep of a connection finds what is wrong, and nothing where nothing is. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PeerSweepTest {
  private static final Duration LATENESS = Duration.ofMillis(1_200);
  private static final int HASTE_MILLIS = 500;
  private static final int PATIENCE_MILLIS = 30_000;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<String> book = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.createContext("/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void take(HttpExchange exchange) throws IOException {
    book.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
  }

  /** Two letters, each posted until the server says that it has it, or will never take it. */
  private final class Letters implements PeerScenario {
    private final FaultyPeer peer =
        FaultyPeer.http("127.0.0.1", server.getAddress().getPort(), LATENESS);
    private final String name = "letter-" + UUID.randomUUID() + "-";
    private final List<String> open = new ArrayList<>(List.of(name + 1, name + 2));
    private final List<String> refused = new ArrayList<>();
    private final boolean hasty;
    private final boolean repeats;

    Letters(boolean hasty, boolean repeats) {
      this.hasty = hasty;
      this.repeats = repeats;
    }

    @Override
    public FaultyPeer peer() {
      return peer;
    }

    @Override
    public void act() {
      postAll(hasty ? HASTE_MILLIS : PATIENCE_MILLIS);
    }

    @Override
    public boolean settle() {
      postAll(PATIENCE_MILLIS);
      return open.isEmpty();
    }

    private void postAll(int patience) {
      open.removeIf(letter -> isDone(letter, patience));
    }

    private boolean isDone(String letter, int patience) {
      if (!repeats && book.contains(letter)) {
        return true; // it looks first
      }
      try {
        int status = post(letter, patience);
        if (status == 400) {
          refused.add(letter);
        }
        return status == 202 || status == 400;
      } catch (IOException e) {
        return false;
      }
    }

    private int post(String letter, int patience) throws IOException {
      try (Socket socket = new Socket("127.0.0.1", peer.port())) {
        socket.setSoTimeout(patience);
        String request = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + letter.length();
        OutputStream out = socket.getOutputStream();
        out.write((request + "\r\n\r\n" + letter).getBytes(StandardCharsets.UTF_8));
        byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 202".length());
        String text = new String(status, StandardCharsets.ISO_8859_1);
        return text.matches("HTTP/1.1 [0-9]{3}") ? Integer.parseInt(text.substring(9)) : 0;
      }
    }

    @Override
    public void verify(@Nullable PeerFault fault) {
      assertThat(refused.isEmpty() || fault == PeerFault.REFUSE_FOR_GOOD).isTrue();
      for (String letter : List.of(name + 1, name + 2)) {
        assertThat(Collections.frequency(book, letter))
            .as("times in the book")
            .isEqualTo(refused.contains(letter) ? 0 : 1);
      }
    }

    @Override
    public void close() {
      peer.close();
    }
  }

  private PeerSweep sweep(boolean repeats) {
    AtomicBoolean hasty = new AtomicBoolean();
    return PeerSweep.of(() -> new Letters(hasty.getAndSet(true), repeats));
  }

  @Test
  void findsEachMessageByItself() {
    // when
    List<Point> points = sweep(true).points();

    // then
    assertThat(points)
        .extracting(Point::crossing)
        .contains("connect", "head", "body", "reply to body", "body #2", "reply to body #2");
    assertThat(points)
        .contains(
            new Point("body", PeerFault.REFUSE_FOR_NOW),
            new Point("head #2", PeerFault.STOP_READING),
            new Point("reply to body", PeerFault.DRIP))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThanOrEqualTo(48);
  }

  @Test
  void findsTheCallThatIsMadeTwice() {
    PeerSweep sweep = sweep(true);
    sweep.points();
    for (PeerFault fault : List.of(PeerFault.RESET, PeerFault.SILENCE)) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> sweep.playAll(List.of(new Point("reply to body #2", fault)), 1))
          .withMessageContaining(fault + " at reply to body #2")
          .withMessageContaining("times in the book");
    }
  }

  @Test
  void findsNothingWhereTheServerDidNotGetIt() {
    PeerSweep sweep = sweep(true);
    List<Point> before =
        sweep.points().stream()
            .filter(point -> !point.crossing().startsWith("reply"))
            .filter(point -> point.fault() != PeerFault.LATE)
            .toList();
    assertThat(before).hasSizeGreaterThan(30);
    sweep.playAll(before, 16);
  }
}
