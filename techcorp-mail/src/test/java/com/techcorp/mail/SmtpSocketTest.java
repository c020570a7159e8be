package com.techcorp.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.concurrent.OwnThreads;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a connection tells before anything is sent on it. */
class SmtpSocketTest {
  @Test
  @DisplayName("S11: what a server says unasked shows before the next command")
  void tellsWhatNobodyHasRead() throws Exception {
    ScheduledExecutorService timer = new OwnThreads().timer("test", 1);
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket plain = new Socket(listener.getInetAddress(), listener.getLocalPort());
        SmtpSocket socket = new SmtpSocket(plain, Duration.ofSeconds(1), timer);
        Socket server = listener.accept()) {
      // given
      assertThat(socket.hasUnread()).isFalse();

      // when
      server.getOutputStream().write("451 timeout\r\n".getBytes(StandardCharsets.US_ASCII));

      // then
      await().atMost(Duration.ofSeconds(60)).until(socket::hasUnread);
    } finally {
      timer.shutdownNow();
    }
  }
}
