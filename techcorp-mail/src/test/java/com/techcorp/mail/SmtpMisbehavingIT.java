package com.techcorp.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryDeferredException;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Notification;
import com.techcorp.notification.Notifier;
import com.techcorp.notification.internal.DefaultNotifier;
import com.techcorp.notification.spi.DeliveryLog;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.fault.FaultyPeer;
import com.techcorp.testkit.fault.PeerFault;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many mails go out at once while the mail server misbehaves in one way after the other. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmtpMisbehavingIT {
  private static final Duration HASTE = Duration.ofMillis(500);
  private static final Duration LATENESS = Duration.ofMillis(1_200);
  private static final int SENDERS = 8;

  /** Before anything of a mail's content is sent, in its midst, and after it. */
  private static final List<String> CROSSINGS =
      List.of("connect", "greeting", "MAIL", "RCPT", "DATA", "content", ".", "reply to .");

  private static final Set<PeerFault> REFUSING =
      EnumSet.of(PeerFault.REFUSE_FOR_NOW, PeerFault.REFUSE_FOR_GOOD);

  /** No server could: the mail's end is still to come, or it has the mail already. */
  private static final Set<String> NOT_REFUSED = Set.of("content", "reply to .");

  private final MailServer server = MailServer.plain();
  private final DeliveryLog log = MemoryStorage.create().deliveries();
  private final List<Notification> all = new ArrayList<>();
  private final AtomicLong longestNanos = new AtomicLong();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  @DisplayName("S3, S10: 72 mails through a server that misbehaves in each way")
  void someMails() throws MessagingException {
    mails(1);
  }

  @Test
  @Tag("soak")
  @DisplayName("S3, S10: 1,008 mails through a server that misbehaves in each way")
  void aThousandMails() throws MessagingException {
    mails(14);
  }

  /**
   * @param each how many mails for each fault at each crossing
   */
  private void mails(int each) throws MessagingException {
    for (PeerFault fault : PeerFault.values()) {
      Queue<Notification> waiting = new ConcurrentLinkedQueue<>();
      for (int i = 0; i < each * CROSSINGS.size(); i++) {
        waiting.add(TestMails.confirmed(Locale.ENGLISH, fault + " " + i));
      }
      all.addAll(waiting);
      for (String crossing : CROSSINGS) {
        if (!REFUSING.contains(fault) || !NOT_REFUSED.contains(crossing)) {
          misbehaving(crossing, fault, waiting, each);
        }
      }
      while (!waiting.isEmpty()) {
        through(peer(), sender -> send(sender, waiting, waiting.size()));
      }
    }
    judge();
  }

  private FaultyPeer peer() {
    return FaultyPeer.smtp("127.0.0.1", server.port(), LATENESS);
  }

  private void misbehaving(
      String crossing, PeerFault fault, Queue<Notification> waiting, int each) {
    through(
        peer().at(crossing, fault),
        notifier -> {
          send(notifier, waiting, each);
        });
  }

  private interface Sending {
    void by(Notifier notifier);
  }

  private void through(FaultyPeer peer, Sending sending) {
    try (peer;
        SmtpSender sender =
            SmtpSender.builder("localhost", TestMails.FROM)
                .tls(SmtpTls.NONE)
                .port(peer.port())
                .connectTimeout(HASTE)
                .beginWithin(HASTE)
                .replyTimeout(HASTE)
                .build()) {
      sending.by(TestMails.notifier(log, sender));
    }
  }

  /** Each at most once; what is not yet sent goes back. */
  private void send(Notifier notifier, Queue<Notification> waiting, int count) {
    List<CompletableFuture<Void>> senders = new ArrayList<>();
    Queue<Notification> mine = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < count && !waiting.isEmpty(); i++) {
      mine.add(waiting.remove());
    }
    for (int i = 0; i < SENDERS; i++) {
      senders.add(CompletableFuture.runAsync(() -> sendAll(notifier, mine, waiting)));
    }
    senders.forEach(CompletableFuture::join);
  }

  private void sendAll(Notifier notifier, Queue<Notification> mine, Queue<Notification> back) {
    for (Notification next = mine.poll(); next != null; next = mine.poll()) {
      long began = System.nanoTime();
      try {
        notifier.send(next);
      } catch (DeliveryDeferredException e) {
        back.add(next);
      }
      longestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
    }
  }

  private void judge() throws MessagingException {
    Map<String, Integer> book = new HashMap<>();
    for (var mail : server.mails()) {
      book.merge(mail.getHeader(Letter.DELIVERY_HEADER)[0], 1, Integer::sum);
    }
    Map<DeliveryStatus, Integer> statuses = new EnumMap<>(DeliveryStatus.class);
    for (Notification notification : all) {
      List<Delivery> deliveries = log.about(notification.stream());
      assertThat(deliveries).hasSize(1);
      Delivery delivery = deliveries.get(0);
      statuses.merge(delivery.status(), 1, Integer::sum);
      int times = book.getOrDefault(delivery.id().toString(), 0);
      switch (delivery.status()) {
        case ACCEPTED -> assertThat(times).as("%s", delivery).isEqualTo(1);
        case AMBIGUOUS -> assertThat(times).as("%s", delivery).isLessThanOrEqualTo(1);
        case FAILED -> {
          assertThat(times).as("%s", delivery).isZero();
          // only what the server said it would never take
          assertThat(String.valueOf(delivery.lastError())).contains("554");
        }
        default -> throw new AssertionError("not done: " + delivery);
      }
    }
    System.out.printf(
        "%d mails: %s, the longest send took %d ms%n",
        all.size(), statuses, Duration.ofNanos(longestNanos.get()).toMillis());
    assertThat(statuses.get(DeliveryStatus.ACCEPTED)).isGreaterThan(all.size() / 2);
    assertThat(Duration.ofNanos(longestNanos.get())).isLessThan(DefaultNotifier.LONGEST_SEND);
  }
}
