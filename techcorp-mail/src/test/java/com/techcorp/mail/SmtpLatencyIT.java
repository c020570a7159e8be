package com.techcorp.mail;

import static com.techcorp.mail.TestMails.FROM;
import static com.techcorp.mail.TestMails.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.notification.SendResult;
import com.techcorp.servers.proxy.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mails to a server that is 200 ms away; prints how many a second. */
@Tag("soak")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmtpLatencyIT {
  private static final Duration ONE_WAY = Duration.ofMillis(100);

  @ParameterizedTest
  @DisplayName("S11: who waits for a connection is served; mails a second at 200 ms")
  @CsvSource({"1, 4, 20", "4, 4, 60", "60, 4, 120", "60, 16, 480"})
  void everyMailIsSent(int threads, int connections, int mails) {
    try (MailServer server = MailServer.plain();
        TcpProxy proxy = TcpProxy.before("127.0.0.1", server.port());
        SmtpSender sender =
            SmtpSender.builder("127.0.0.1", FROM)
                .tls(SmtpTls.NONE)
                .port(proxy.port())
                .connections(connections)
                .build()) {
      proxy.delay(ONE_WAY, ONE_WAY);
      ExecutorService callers = Executors.newFixedThreadPool(threads);

      long begin = System.nanoTime();
      List<CompletableFuture<SendResult>> sent =
          IntStream.range(0, mails)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> sender.send(message()), callers))
              .toList();
      List<SendResult> results = sent.stream().map(CompletableFuture::join).toList();
      double seconds = (System.nanoTime() - begin) / 1e9;
      callers.shutdown();

      long accepted = results.stream().filter(SendResult.Accepted.class::isInstance).count();
      System.out.printf(
          Locale.ROOT,
          "%d callers, %d connections, 200 ms: %d of %d mails in %.1f s, %.1f a second%n",
          threads,
          connections,
          accepted,
          mails,
          seconds,
          accepted / seconds);
      assertThat(results).hasOnlyElementsOfType(SendResult.Accepted.class);
      assertThat(server.mails()).hasSize(mails);
    }
  }
}
