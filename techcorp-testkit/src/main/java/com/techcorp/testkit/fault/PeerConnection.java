package com.techcorp.testkit.fault;

import com.techcorp.testkit.fault.PeerCrossing.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One client's connection to a {@link FaultyPeer}: request and reply take turns. */
final class PeerConnection implements Runnable {
  private static final int CONNECT_MILLIS = 30_000;

  private final FaultyPeer peer;
  private final Socket raw;
  private final Socket server = new Socket();
  private final PeerProtocol protocol;
  private Socket client;

  PeerConnection(FaultyPeer peer, Socket client, PeerProtocol protocol) {
    this.peer = peer;
    this.raw = client;
    this.client = client;
    this.protocol = protocol;
  }

  static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try {
      raw.setTcpNoDelay(true);
      if (connects() && encrypts()) {
        server.connect(peer.server(), CONNECT_MILLIS);
        server.setTcpNoDelay(true);
        talk();
      }
    } catch (IOException e) {
      // One side is gone; what that means is for the story to say.
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private boolean connects() throws IOException, InterruptedException {
    PeerFault fault = peer.cross(PeerSweep.CONNECT, Kind.BEGINNING);
    return fault == null || survives(fault, null);
  }

  private boolean encrypts() throws IOException, InterruptedException {
    SSLContext tls = peer.tls();
    if (tls == null) {
      return true;
    }
    PeerFault fault = peer.cross(PeerSweep.TLS, Kind.BEGINNING);
    if (fault != null && !survives(fault, null)) {
      return false;
    }
    SSLSocket encrypted =
        (SSLSocket) tls.getSocketFactory().createSocket(raw, "localhost", raw.getPort(), true);
    encrypted.setUseClientMode(false);
    encrypted.startHandshake();
    client = encrypted;
    return true;
  }

  private void talk() throws IOException, InterruptedException {
    PushbackInputStream in = new PushbackInputStream(client.getInputStream());
    if (protocol.serverBegins() && !reply(PeerSweep.GREETING, Kind.GREETING)) {
      return;
    }
    String message;
    while ((message = protocol.begin(in)) != null) {
      PeerFault fault = peer.cross(message, protocol.isAnswered() ? Kind.REQUEST : Kind.PART);
      if (fault == PeerFault.STOP_READING) {
        peer.healed().await();
        return;
      }
      byte[] request = protocol.request(in);
      if (fault != null && fault.refuses()) {
        say(protocol.refusal(fault == PeerFault.REFUSE_FOR_GOOD));
        if (!protocol.goesOnAfterRefusal()) {
          return;
        }
        continue;
      }
      if (fault != null && !survives(fault, in)) {
        return;
      }
      server.getOutputStream().write(request);
      if (protocol.isAnswered() && !reply(PeerSweep.REPLY_TO + message, Kind.REPLY)) {
        return;
      }
    }
  }

  private boolean reply(String message, Kind kind) throws IOException, InterruptedException {
    byte[] reply = protocol.reply(server.getInputStream());
    PeerFault fault = peer.cross(message, kind);
    if (fault == PeerFault.DRIP) {
      drip(reply);
      return true;
    }
    if (fault != null && !survives(fault, null)) {
      return false;
    }
    say(reply);
    return true;
  }

  /** Misbehaves; true if the message is passed on after that. */
  private boolean survives(PeerFault fault, @Nullable InputStream in)
      throws IOException, InterruptedException {
    switch (fault) {
      case RESET -> raw.setSoLinger(true, 0);
      case SILENCE -> swallow(in);
      case STOP_READING -> peer.healed().await();
      case NONSENSE -> {
        say("\0\377\7 what?\r\n\r\n".getBytes(PeerProtocol.BYTES));
        swallow(in);
      }
      case REFUSE_FOR_NOW, REFUSE_FOR_GOOD -> {
        say(protocol.refusal(fault == PeerFault.REFUSE_FOR_GOOD));
        swallow(in);
      }
      case LATE -> {
        sleep(peer.lateness().toNanos());
        return true;
      }
      default -> {
        // The connection is ended.
      }
    }
    return false;
  }

  private void drip(byte[] reply) throws IOException, InterruptedException {
    long pause = peer.lateness().toNanos() / reply.length;
    for (byte next : reply) {
      sleep(pause);
      say(new byte[] {next});
    }
  }

  private static void sleep(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanos);
  }

  private void say(byte[] bytes) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /** Reads until the client goes away, or the peer is healed. */
  private void swallow(@Nullable InputStream in) throws IOException, InterruptedException {
    InputStream from = in == null ? client.getInputStream() : in;
    daemon(
        Thread.currentThread().getName() + "-healed",
        () -> {
          try {
            peer.healed().await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          end();
        });
    from.transferTo(OutputStream.nullOutputStream());
  }

  /** Ends both sides. */
  void end() {
    for (Socket socket : new Socket[] {raw, server}) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
