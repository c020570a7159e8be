package com.techcorp.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.notification.MessageSender;
import com.techcorp.testkit.fault.FaultyPeer;
import com.techcorp.testkit.fault.PeerFault;
import com.techcorp.testkit.fault.PeerSweep;
import com.techcorp.testkit.fault.PeerSweep.Point;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Something in SendGrid's place that misbehaves in each way at each message. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SendGridSweepIT {
  private static final Duration HASTE = Duration.ofSeconds(1);
  private static final Duration LATENESS = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int AT_A_TIME = 24;

  /** Of two mails; it must not shrink unseen. */
  private static final int LEAST_POINTS = 50;

  private final SendGridStub sendGrid = new SendGridStub();

  @AfterEach
  void close() {
    sendGrid.close();
  }

  private MailScenario scenario(boolean hasty) {
    FaultyPeer peer =
        FaultyPeer.http("127.0.0.1", sendGrid.uri().getPort(), LATENESS)
            .withTls(TestCertificate.context());
    // Once TLS is agreed a mail may be written, also if the peer comes to read none of it.
    return new MailScenario(2, peer, SendGridSweepIT::send, this::timesInTheBook, "TLS", hasty);
  }

  private static void send(FaultyPeer peer, boolean hasty, Consumer<MessageSender> action) {
    Duration timeout = hasty ? HASTE : PATIENCE;
    try (SendGridSender sender =
        SendGridSender.builder("SG.key", TestMails.FROM)
            .baseUri(URI.create("https://localhost:" + peer.port()))
            .trusting(TestCertificate.context())
            .connectTimeout(timeout.dividedBy(2))
            .timeout(timeout)
            .build()) {
      action.accept(sender);
    }
  }

  private long timesInTheBook(UUID delivery) {
    return sendGrid.requests().stream()
        .map(request -> request.body().at("/custom_args/delivery_id").asText())
        .filter(delivery.toString()::equals)
        .count();
  }

  @Test
  @DisplayName("S3: whatever SendGrid does at any message, each mail is sent once or told")
  void eachMailIsSentOnceOrTold() {
    // The first play finds the points: no time-out may come between.
    AtomicBoolean hasty = new AtomicBoolean();
    PeerSweep sweep = PeerSweep.of(() -> scenario(hasty.getAndSet(true)));
    List<Point> points = sweep.points();
    System.out.printf("SendGrid: all %d points swept%n", points.size());
    assertThat(points).hasSizeGreaterThanOrEqualTo(LEAST_POINTS);
    assertThat(points).extracting(Point::fault).contains(PeerFault.values());
    assertThat(points).extracting(Point::crossing).contains("connect", "TLS", "head #2", "body");
    sweep.playAll(points, AT_A_TIME);
  }
}
