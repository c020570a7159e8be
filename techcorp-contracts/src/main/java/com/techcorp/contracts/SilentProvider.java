package com.techcorp.contracts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on the loopback interface that accepts connections, and never says anything. */
final class SilentProvider implements AutoCloseable {
  private final ServerSocket server;
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();

  private SilentProvider(ServerSocket server) {
    this.server = server;
  }

  static SilentProvider start() throws IOException {
    SilentProvider provider =
        new SilentProvider(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread thread = new Thread(provider::accept, "silent-provider");
    thread.setDaemon(true);
    thread.start();
    return provider;
  }

  URI uri() {
    return URI.create(
        "http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        accepted.add(server.accept());
      } catch (IOException e) {
        return; // it was closed
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : accepted) {
      socket.close();
    }
  }
}
