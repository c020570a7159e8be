package com.techcorp.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryDeferredException;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.Notification;
import com.techcorp.notification.Notifier;
import com.techcorp.notification.spi.DeliveryLog;
import com.techcorp.testkit.MemoryStorage;
import com.techcorp.testkit.fault.FaultyPeer;
import com.techcorp.testkit.fault.PeerFault;
import com.techcorp.testkit.fault.PeerScenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Mails that go out one after the other, over connections that are used again, to a server that
 * keeps a book.
 */
final class MailScenario implements PeerScenario {
  private final FaultyPeer peer;
  private final Sending sending;
  private final Function<UUID, Long> book;
  private final String content;
  private final boolean hasty;
  private final DeliveryLog log = MemoryStorage.create().deliveries();
  private final List<Notification> notifications = new ArrayList<>();

  /** Opens a sender, sends, and closes it. */
  interface Sending {
    void through(FaultyPeer peer, boolean hasty, Consumer<MessageSender> mails);
  }

  /**
   * A scenario.
   *
   * @param mails how many
   * @param book how often the server has a delivery's mail
   * @param content the name of the first message that carries any of a mail
   * @param hasty whether the sender waits no longer than a fault lasts
   */
  MailScenario(
      int mails,
      FaultyPeer peer,
      Sending sending,
      Function<UUID, Long> book,
      String content,
      boolean hasty) {
    this.peer = peer;
    this.sending = sending;
    this.book = book;
    this.content = content;
    this.hasty = hasty;
    for (int i = 0; i < mails; i++) {
      notifications.add(TestMails.confirmed(Locale.ENGLISH, "Shirt " + i));
    }
  }

  @Override
  public FaultyPeer peer() {
    return peer;
  }

  @Override
  public void act() {
    sendAll(hasty);
  }

  @Override
  public boolean settle() {
    return sendAll(false);
  }

  private boolean sendAll(boolean inHaste) {
    AtomicBoolean all = new AtomicBoolean(true);
    sending.through(
        peer,
        inHaste,
        sender -> {
          Notifier notifier = TestMails.notifier(log, sender);
          for (Notification notification : notifications) {
            if (!isDone(notifier, notification)) {
              all.set(false);
            }
          }
        });
    return all.get();
  }

  private static boolean isDone(Notifier notifier, Notification notification) {
    try {
      notifier.send(notification);
      return true;
    } catch (DeliveryDeferredException e) {
      return false;
    }
  }

  @Override
  public void verify(@Nullable PeerFault fault) {
    int inDoubt = 0;
    for (Notification notification : notifications) {
      List<Delivery> deliveries = log.about(notification.stream());
      assertThat(deliveries).hasSize(1);
      Delivery delivery = deliveries.get(0);
      long times = book.apply(delivery.id());
      switch (delivery.status()) {
        case ACCEPTED -> assertThat(times).as("times in the book, ACCEPTED").isEqualTo(1);
        case AMBIGUOUS -> {
          inDoubt++;
          assertThat(times).as("times in the book, AMBIGUOUS").isLessThanOrEqualTo(1);
        }
        case FAILED -> {
          assertThat(fault).as("%s", delivery).isEqualTo(PeerFault.REFUSE_FOR_GOOD);
          assertThat(times).as("times in the book, FAILED").isZero();
        }
        default -> throw new AssertionError("not done: " + delivery);
      }
    }
    assertThat((long) inDoubt)
        .as("in doubt; it crossed %s", peer.crossings())
        .isLessThanOrEqualTo(fault == null ? 0 : contents());
  }

  /** So many mails began to be written. */
  private long contents() {
    return peer.crossings().stream().filter(name -> name.split(" ", 2)[0].equals(content)).count();
  }

  @Override
  public void close() {
    peer.close();
  }
}
