package com.techcorp.servers.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
  private static final int FIRST_OF_OUTGOING_CONNECTIONS = 32_768;

  @Test
  void findsTwoFreePortsAtADistance() throws Exception {
    // when
    int lower = Ports.freePair(10_000);

    // then
    InetAddress loopback = InetAddress.getLoopbackAddress();
    assertThat(lower + 10_000).isBetween(30_000, FIRST_OF_OUTGOING_CONNECTIONS - 1);
    new ServerSocket(lower, 1, loopback).close();
    new ServerSocket(lower + 10_000, 1, loopback).close();
  }
}
