package com.techcorp.servers.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One client's connection through a proxy. */
final class ProxiedConnection {
  /** So many bunches of bytes wait at most for their time; then the sender has to wait. */
  private static final int QUEUE = 4_096;

  private final Network network;
  private final Consumer<ProxiedConnection> whenEnded;
  private final Socket client;
  private final Conversation conversation;
  private final List<Socket> sockets = new ArrayList<>();
  private volatile boolean silent;
  private volatile boolean unread;
  private volatile boolean losing;
  private volatile boolean lost;
  private volatile boolean broken;
  private volatile boolean ended;

  private final List<BlockingQueue<Bunch>> ways = new CopyOnWriteArrayList<>();

  /** Bytes and when they are due; none mean the end of the stream. */
  private static final class Bunch {
    private final byte[] bytes;
    private final long dueNanos;

    Bunch(byte[] bytes, long dueNanos) {
      this.bytes = bytes;
      this.dueNanos = dueNanos;
    }
  }

  ProxiedConnection(
      Network network,
      Socket client,
      Conversation conversation,
      Consumer<ProxiedConnection> whenEnded) {
    this.network = network;
    this.whenEnded = whenEnded;
    this.client = client;
    this.conversation = conversation;
    sockets.add(client);
  }

  /** Begins to pass bytes on; without a server they vanish. */
  void begin(List<Socket> server) throws IOException {
    synchronized (sockets) {
      if (ended) {
        server.forEach(Sockets::reset);
        return;
      }
      sockets.addAll(server);
    }
    client.setTcpNoDelay(true);
    if (server.isEmpty()) {
      broken = true;
      Sockets.daemon("techcorp-proxy-vanish-" + client.getPort(), () -> vanish(client));
      return;
    }
    Socket to = server.get(0);
    to.setTcpNoDelay(true);
    pass("request", client, to, false);
    pass("reply", to, client, true);
  }

  private void pass(String what, Socket from, Socket to, boolean reply) {
    BlockingQueue<Bunch> way = new LinkedBlockingQueue<>(QUEUE);
    ways.add(way);
    String name = "techcorp-proxy-" + what + "-" + client.getPort();
    Sockets.daemon(name + "-in", () -> read(from, way, reply));
    Sockets.daemon(name + "-out", () -> write(way, to, reply));
  }

  private void read(Socket from, BlockingQueue<Bunch> way, boolean reply) {
    byte[] buffer = new byte[65_536];
    try {
      InputStream in = from.getInputStream();
      int count;
      while ((count = in.read(buffer)) >= 0) {
        awaitReading(reply);
        byte[] bytes = Arrays.copyOf(buffer, count);
        if (reply ? delivers(bytes) : !vanishes()) {
          way.put(new Bunch(bytes, network.dueNanos(reply)));
        }
      }
      if (swallows()) {
        broken = true; // its end vanishes as well
      } else if (reply && losing) {
        reset();
      } else {
        way.put(new Bunch(new byte[0], network.dueNanos(reply)));
      }
    } catch (IOException e) {
      fault();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reset();
    }
  }

  /** Just before it is sent: a reply that comes from now on may be the one to it. */
  private void sends(byte[] bytes) {
    if (conversation.asks(bytes, network.lostReplies().request()) && network.lostReplies().take()) {
      losing = true;
    }
  }

  private boolean delivers(byte[] bytes) {
    boolean complete = conversation.replyEnds(bytes);
    if (losing) {
      if (complete) {
        lost = true;
        network.lostReplies().lostOne();
        reset();
      }
      return false;
    }
    return !vanishes();
  }

  /** Nothing gets through any more, either way. */
  void silence() {
    silent = true;
  }

  /** Takes nothing more from the client. */
  void stopReading() {
    unread = true;
    broken = true;
  }

  private void awaitReading(boolean reply) {
    while (unread && !reply && !ended) {
      LockSupport.parkNanos(50_000_000);
    }
  }

  private boolean swallows() {
    return silent || network.swallows();
  }

  private boolean vanishes() {
    if (swallows()) {
      broken = true;
      return true;
    }
    return false;
  }

  private void write(BlockingQueue<Bunch> way, Socket to, boolean reply) {
    try {
      while (true) {
        Bunch next = way.take();
        awaitNanos(next.dueNanos);
        if (ended) {
          return;
        }
        if (vanishes()) {
          continue;
        }
        if (next.bytes.length == 0) {
          to.shutdownOutput();
          endIfBothEnded(to);
          return;
        }
        if (!reply) {
          sends(next.bytes);
        }
        to.getOutputStream().write(next.bytes);
      }
    } catch (IOException e) {
      fault();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reset();
    }
  }

  private void awaitNanos(long due) {
    long left;
    while (!ended && (left = due - System.nanoTime()) > 0) {
      LockSupport.parkNanos(Math.min(left, 50_000_000));
    }
  }

  private void endIfBothEnded(Socket to) {
    Socket other = to == client ? server() : client;
    if (other.isOutputShutdown()) {
      end(false);
    }
  }

  private Socket server() {
    synchronized (sockets) {
      return sockets.get(sockets.size() - 1);
    }
  }

  /** A side that breaks breaks the other one, unless nothing gets through. */
  private void fault() {
    if (swallows()) {
      broken = true;
    } else {
      reset();
    }
  }

  private void vanish(Socket from) {
    byte[] buffer = new byte[65_536];
    try {
      while (from.getInputStream().read(buffer) >= 0) {
        // This is what vanishing means.
      }
    } catch (IOException gone) {
      // Nobody is there to be told.
    }
  }

  /** Whether bytes of it vanished. */
  boolean isBroken() {
    return broken;
  }

  /** Ends it so that both sides see a reset. */
  void reset() {
    end(true);
  }

  private void end(boolean abruptly) {
    List<Socket> all;
    synchronized (sockets) {
      if (losing && !lost && !ended) {
        network.lostReplies().giveBack(); // the server ended the session before it had replied
      }
      ended = true;
      all = List.copyOf(sockets);
    }
    all.forEach(abruptly ? Sockets::reset : Sockets::close);
    for (BlockingQueue<Bunch> way : ways) {
      way.clear();
      way.offer(new Bunch(new byte[0], System.nanoTime())); // wakes the writer, which ends
    }
    whenEnded.accept(this);
  }
}
