package com.techcorp.examples.demo;

import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.mail.SmtpSender;
import com.techcorp.notification.DeliveryDeferredException;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Notification;
import com.techcorp.notification.ResourceTemplates;
import com.techcorp.notification.internal.DefaultNotifier;
import com.techcorp.order.OrderEventType;
import com.techcorp.servers.process.ChildJvm;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process that sends the same notifications whenever it starts, and says how each one ended. */
final class MailWorker {
  static final int THREADS = 4;
  static final String NAME = "mail-worker";
  static final String SENT = "sent ";
  static final String ALL = "all";

  private static final int NO_ADDRESS_EVERY = 25;

  private static final long PAUSE_NANOS = 10_000_000;

  private final DefaultNotifier notifier;

  private MailWorker(DefaultNotifier notifier) {
    this.notifier = notifier;
  }

  /**
   * Sends all.
   *
   * @param args the database's address, the mail server's port, how many notifications
   */
  public static void main(String[] args) throws InterruptedException {
    ChildJvm.haltWithParent();
    try (HikariDataSource pool = DemoDatabase.pool(args[0], THREADS, NAME);
        SmtpSender sender = MailBook.sender(Integer.parseInt(args[1]), THREADS)) {
      DefaultNotifier notifier =
          new DefaultNotifier(
              PostgresStorage.on(pool).deliveries(),
              ResourceTemplates.builtIn(),
              List.of(sender),
              System::nanoTime);
      new MailWorker(notifier).sendAll(Integer.parseInt(args[2]));
    }
    say(ALL);
  }

  private void sendAll(int count) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    for (int i = 0; i < count; i++) {
      int number = i;
      threads.execute(() -> say(SENT + number + " " + send(notification(number))));
    }
    threads.shutdown();
    if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("not all was sent within a minute");
    }
  }

  /** As a bus would: offered again for as long as it is not yet sent. */
  private DeliveryStatus send(Notification notification) {
    while (true) {
      try {
        return notifier.send(notification).status();
      } catch (DeliveryDeferredException e) {
        LockSupport.parkNanos(PAUSE_NANOS); // it says: later
      }
    }
  }

  /** The same for the same number; some have no address that mail could go to. */
  static Notification notification(int number) {
    String recipient = "customer" + number + (isAddress(number) ? "@example.com" : "");
    return new Notification(
        id("event", number),
        OrderEventType.streamOf(order(number)),
        id("user", number),
        "email",
        recipient,
        "order-confirmed",
        Locale.ENGLISH,
        Map.of(
            "order_number",
            "TC-" + number,
            "customer_name",
            "Ana",
            "amount",
            "1",
            "items",
            List.of()));
  }

  static boolean isAddress(int number) {
    return number % NO_ADDRESS_EVERY != 0;
  }

  static UUID order(int number) {
    return id("order", number);
  }

  private static UUID id(String kind, int number) {
    return UUID.nameUUIDFromBytes((kind + number).getBytes(StandardCharsets.UTF_8));
  }

  private static synchronized void say(String line) {
    System.out.println(line);
  }
}
