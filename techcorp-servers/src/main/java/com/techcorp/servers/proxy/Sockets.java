package com.techcorp.servers.proxy;

import java.io.IOException;
import java.net.Socket;

/** How a proxy ends its sockets and starts its threads. */
final class Sockets {
  private Sockets() {}

  /** Closes a socket so that the other side sees a reset. */
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException closed) {
      // Then it needs no reset.
    }
    close(socket);
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed is closed.
    }
  }

  static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
