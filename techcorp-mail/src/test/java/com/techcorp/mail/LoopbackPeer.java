package com.techcorp.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A peer on this machine that does with each connection what a test says. */
final class LoopbackPeer implements AutoCloseable {
  private final ServerSocket listener;
  private final Talk talk;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> heads = new CopyOnWriteArrayList<>();

  /** What happens on a connection; when it returns, the connection is closed. */
  interface Talk {
    void with(LoopbackPeer peer, Socket socket) throws IOException;
  }

  LoopbackPeer(Talk talk) {
    this.talk = talk;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** A proxy that gives each CONNECT the same reply and passes nothing on. */
  static LoopbackPeer refusingProxy(String reply) {
    return new LoopbackPeer(
        (peer, socket) -> {
          peer.readHead(socket.getInputStream());
          say(socket, reply);
          silent(socket);
        });
  }

  /** A proxy that connects whoever shows this header, or everybody if it is empty. */
  static LoopbackPeer proxy(String authorization) {
    return new LoopbackPeer(
        (peer, socket) -> {
          String head = peer.readHead(socket.getInputStream());
          while (!head.contains(authorization)) {
            say(
                socket,
                "HTTP/1.1 407 Who are you?\r\nProxy-Authenticate: Basic realm=\"way out\"\r\n"
                    + "Content-Length: 0\r\n\r\n");
            head = peer.readHead(socket.getInputStream());
          }
          String[] target = head.split(" ", 3)[1].split(":", 2);
          try (Socket server = new Socket(target[0], Integer.parseInt(target[1]))) {
            peer.open.add(server);
            say(socket, "HTTP/1.1 200 Connected\r\n\r\n");
            daemon(() -> pump(server, socket));
            pump(socket, server);
          }
        });
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The heads of the requests that came in the clear. */
  List<String> heads() {
    return List.copyOf(heads);
  }

  String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client ended the connection");
      }
      head.append((char) next);
    }
    heads.add(head.toString());
    return head.toString();
  }

  static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Reads whatever comes, and says nothing, until the client goes away. */
  static void silent(Socket socket) throws IOException {
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  /** Ends a connection as a machine does that knows nothing of it. */
  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        daemon(() -> talk(socket));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      talk.with(this, socket);
    } catch (IOException e) {
      // The client went away: what that means is for the test to say.
      close(socket);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "loopback-peer");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(LoopbackPeer::close);
  }
}
