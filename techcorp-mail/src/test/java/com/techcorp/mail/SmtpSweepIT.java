package com.techcorp.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.notification.Message;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.SendResult;
import com.techcorp.testkit.fault.FaultyPeer;
import com.techcorp.testkit.fault.PeerFault;
import com.techcorp.testkit.fault.PeerSweep;
import com.techcorp.testkit.fault.PeerSweep.Point;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mail server that misbehaves in each way at each message. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmtpSweepIT {
  private static final Duration HASTE = Duration.ofMillis(600);
  private static final Duration LATENESS = Duration.ofMillis(1_500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int AT_A_TIME = 24;

  /** Of how many points one is played in a build; all are in the soak. */
  private static final int ONE_OF = 3;

  private static final String CONTENT = "content";

  /** Of two mails; it grows with what the sender says, and must not shrink unseen. */
  private static final int LEAST_POINTS = 160;

  /** Before anything is said that TLS hides. */
  private static final Set<String> BEGINNING = Set.of("connect", "TLS", "greeting");

  private final MailServer server = MailServer.plain();

  @AfterEach
  void close() {
    server.close();
  }

  private PeerSweep sweep(int mails, boolean tls, UnaryOperator<MessageSender> around) {
    // The first play finds the points: no time-out may come between.
    AtomicBoolean hasty = new AtomicBoolean();
    return PeerSweep.of(
        () ->
            new MailScenario(
                mails,
                peer(tls),
                (peer, inHaste, action) -> send(peer, tls, inHaste, around, action),
                this::timesInTheBook,
                CONTENT,
                hasty.getAndSet(true)));
  }

  private FaultyPeer peer(boolean tls) {
    FaultyPeer peer = FaultyPeer.smtp("127.0.0.1", server.port(), LATENESS);
    return tls ? peer.withTls(TestCertificate.context()) : peer;
  }

  private static SmtpSender.Builder builder(FaultyPeer peer, boolean tls) {
    return SmtpSender.builder("localhost", TestMails.FROM)
        .tls(tls ? SmtpTls.IMPLICIT : SmtpTls.NONE)
        .trusting(TestCertificate.context().getSocketFactory())
        .port(peer.port())
        .connectTimeout(PATIENCE)
        .beginWithin(PATIENCE.dividedBy(2))
        .replyTimeout(PATIENCE);
  }

  private static void send(
      FaultyPeer peer,
      boolean tls,
      boolean hasty,
      UnaryOperator<MessageSender> around,
      Consumer<MessageSender> action) {
    SmtpSender.Builder builder = builder(peer, tls);
    try (SmtpSender sender = (hasty ? builder.replyTimeout(HASTE) : builder).build()) {
      action.accept(around.apply(sender));
    }
  }

  private long timesInTheBook(UUID delivery) {
    return server.mails().stream()
        .filter(
            mail -> {
              try {
                return Arrays.asList(mail.getHeader(Letter.DELIVERY_HEADER))
                    .contains(delivery.toString());
              } catch (MessagingException e) {
                throw new IllegalStateException(e);
              }
            })
        .count();
  }

  @Test
  @DisplayName("S3, S10: whatever a server does at any message, each mail is sent once or told")
  void eachMailIsSentOnceOrTold() {
    PeerSweep sweep = sweep(2, false, sender -> sender);
    List<Point> points = new ArrayList<>(sweep.points());
    assertThat(points).hasSizeGreaterThanOrEqualTo(LEAST_POINTS);
    assertThat(points).extracting(Point::fault).contains(PeerFault.values());
    assertThat(points).extracting(Point::crossing).contains("connect", CONTENT, ".", "MAIL #2");
    long seed = Long.getLong("seed", System.nanoTime());
    Collections.shuffle(points, new Random(seed));
    List<Point> drawn = points.subList(0, points.size() / ONE_OF);
    System.out.printf("SMTP: %d of %d points swept, seed %d%n", drawn.size(), points.size(), seed);
    sweep.playAll(drawn, AT_A_TIME);
  }

  @Test
  @DisplayName("S3, S10: whatever a server does before TLS is agreed, each mail is sent once")
  void theSameUntilTlsIsAgreed() {
    PeerSweep sweep = sweep(1, true, sender -> sender);
    List<Point> points =
        sweep.points().stream().filter(point -> BEGINNING.contains(point.crossing())).toList();
    System.out.printf("SMTP over TLS: %d points of its beginning swept%n", points.size());
    assertThat(points).hasSizeGreaterThanOrEqualTo(20);
    sweep.playAll(points, AT_A_TIME);
  }

  @ParameterizedTest
  @Tag("soak")
  @DisplayName("S3, S10: the same at every message of three mails, with and without TLS")
  @ValueSource(booleans = {false, true})
  void atEveryMessage(boolean tls) {
    PeerSweep sweep = sweep(3, tls, sender -> sender);
    List<Point> points = sweep.points();
    System.out.printf("SMTP, TLS %s: all %d points swept%n", tls, points.size());
    assertThat(points).hasSizeGreaterThan(LEAST_POINTS);
    sweep.playAll(points, AT_A_TIME);
  }

  /** Tells what is in doubt as not sent, or the other way round. */
  private static UnaryOperator<MessageSender> lying(boolean notSent) {
    return sender ->
        new MessageSender() {
          @Override
          public String channel() {
            return sender.channel();
          }

          @Override
          public SendResult send(Message message) throws Exception {
            SendResult result = sender.send(message);
            if (notSent && result instanceof SendResult.Unknown unknown) {
              return new SendResult.NotSent(unknown.reason(), true);
            }
            if (!notSent && result instanceof SendResult.NotSent not) {
              return new SendResult.Unknown(not.reason());
            }
            return result;
          }
        };
  }

  @Test
  void theSweepFindsASenderThatRepeatsWhatIsInDoubt() {
    PeerSweep sweep = sweep(1, false, lying(true));
    sweep.points();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> sweep.play(new Point("reply to .", PeerFault.RESET)))
        .withMessageContaining("times in the book, ACCEPTED");
  }

  @Test
  void theSweepFindsASenderThatDoubtsWhatWasNotSent() {
    PeerSweep sweep = sweep(1, false, lying(false));
    sweep.points();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> sweep.play(new Point("RCPT", PeerFault.CLOSE)))
        .withMessageContaining("in doubt");
  }

  @Test
  @DisplayName(
      "S2: a server that stops reading in the middle of a large mail holds nobody for ever")
  void aServerThatStopsReading() {
    try (FaultyPeer peer = peer(false).at(CONTENT, PeerFault.STOP_READING);
        SmtpSender sender = builder(peer, false).replyTimeout(HASTE).build()) {
      String large = "x".repeat(70).concat("\n").repeat(200_000);
      SendResult result =
          sender.send(
              new Message(UUID.randomUUID(), TestMails.RECIPIENT, "large", "Large", large, null));
      assertThat(result).isInstanceOf(SendResult.Unknown.class);
      peer.heal();
      assertThat(sender.send(TestMails.message())).isInstanceOf(SendResult.Accepted.class);
    }
  }
}
