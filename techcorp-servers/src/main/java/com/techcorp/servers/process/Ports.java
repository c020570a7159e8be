package com.techcorp.servers.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface for servers that keep theirs over restarts. */
public final class Ports {
  private Ports() {}

  /**
   * A port that nobody listens at just now. It lies below the ranges for outgoing connections, so
   * that a restarted server finds it free.
   *
   * @return the port
   */
  public static int free() {
    int candidate;
    do {
      candidate = ThreadLocalRandom.current().nextInt(20_000, 32_000);
    } while (!isFree(candidate));
    return candidate;
  }

  private static boolean isFree(int candidate) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), candidate));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
