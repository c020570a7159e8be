package com.techcorp.testkit.fault;

import com.techcorp.testkit.fault.PeerFaultPoint.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection to a {@link FaultyPeer}, and that to the server behind it. At a message
 * with a fault it misbehaves.
 */
abstract class PeerLink implements Runnable {
  private static final int CONNECT_MILLIS = 30_000;

  final PeerCrossings crossings;
  final Socket raw;
  final Socket server = new Socket();
  private final InetSocketAddress address;

  PeerLink(PeerCrossings crossings, InetSocketAddress server, Socket client) {
    this.crossings = crossings;
    this.address = server;
    this.raw = client;
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
      if (connects() && begins()) {
        server.connect(address, CONNECT_MILLIS);
        server.setTcpNoDelay(true);
        talk();
      }
    } catch (IOException e) {
      // One side is gone; what that means is for the scenario to say.
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private boolean connects() throws IOException, InterruptedException {
    PeerFault fault = crossings.cross(PeerCrossings.CONNECT, Kind.BEGINNING);
    return fault == null || survives(fault, null);
  }

  /** Returns whether the server is to be connected to. */
  boolean begins() throws IOException, InterruptedException {
    return true;
  }

  /** Passes messages on until one side ends, or a fault does not let it. */
  abstract void talk() throws IOException, InterruptedException;

  /** Returns the stream of the client's bytes. */
  abstract InputStream fromClient() throws IOException;

  /** Says something to the client. */
  abstract void say(byte[] bytes) throws IOException;

  /** Returns the reply of a server that refuses the message that was begun last. */
  abstract byte[] refusal(boolean forGood);

  /**
   * Misbehaves; true if the message is passed on after that.
   *
   * @param in where the client speaks, if some of it was read ahead
   */
  final boolean survives(PeerFault fault, @Nullable InputStream in)
      throws IOException, InterruptedException {
    switch (fault) {
      case RESET -> raw.setSoLinger(true, 0);
      case SILENCE -> swallow(in);
      case STOP_READING -> crossings.awaitHealed();
      case NONSENSE -> {
        say("\0\377\7 what?\r\n\r\n".getBytes(PeerProtocol.BYTES));
        swallow(in);
      }
      case REFUSE_FOR_NOW, REFUSE_FOR_GOOD -> {
        say(refusal(fault == PeerFault.REFUSE_FOR_GOOD));
        swallow(in);
      }
      case LATE -> {
        sleep(crossings.lateness().toNanos());
        return true;
      }
      default -> {
        // The connection is ended.
      }
    }
    return false;
  }

  final void drip(byte[] reply) throws IOException, InterruptedException {
    long pause = crossings.lateness().toNanos() / reply.length;
    for (byte next : reply) {
      sleep(pause);
      say(new byte[] {next});
    }
  }

  private static void sleep(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanos);
  }

  /** Reads until the client goes away, or the peer is healed. */
  private void swallow(@Nullable InputStream in) throws IOException, InterruptedException {
    InputStream from = in == null ? fromClient() : in;
    daemon(
        Thread.currentThread().getName() + "-healed",
        () -> {
          try {
            crossings.awaitHealed();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          end();
        });
    from.transferTo(OutputStream.nullOutputStream());
  }

  /** Closes the connections to both sides. */
  final void end() {
    for (Socket socket : new Socket[] {raw, server}) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
