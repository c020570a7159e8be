package com.techcorp.servers.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface for servers that keep theirs over restarts. */
public final class Ports {
  private static final int LOWEST = 20_000;
  private static final int BEYOND = 32_000;

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
      candidate = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
    } while (!isFree(candidate));
    return candidate;
  }

  /**
   * Two ports at a fixed distance, both as {@link #free()} gives them: for a server that derives
   * one of its ports from the other.
   *
   * @param distance from the lower to the higher one, at most 11,000
   * @return the lower one
   */
  public static int freePair(int distance) {
    int candidate;
    do {
      candidate = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND - distance);
    } while (!isFree(candidate) || !isFree(candidate + distance));
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
