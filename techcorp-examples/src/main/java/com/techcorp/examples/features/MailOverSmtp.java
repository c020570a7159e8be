package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.mail.SmtpSender;
import com.techcorp.mail.SmtpTls;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.order.OrderOutcome;
import java.util.List;
import java.util.UUID;

/** Mails to customers over a mail server, and how to see what became of them. */
final class MailOverSmtp {
  private MailOverSmtp() {}

  /** Places one order; gives what was sent about it. */
  static List<Delivery> run(ExampleShop shop, String host, int port) throws Exception {
    // tag::smtp[]
    try (SmtpSender mail =
            SmtpSender.builder(host, "Shop <orders@shop.example>")
                .tls(SmtpTls.NONE) // a server on this machine; keep STARTTLS, the default, else
                .port(port)
                .build();
        TechCorp library = shop.wired().sender(mail).start()) { // closed before the sender
      OrderOutcome outcome = library.orders().place(shop.order()).outcome().join();
      UUID order = outcome.orderId();
      ExampleShop.await(() -> isSent(library.notifier().deliveries(order)));
      return library.notifier().deliveries(order);
    }
    // end::smtp[]
  }

  private static boolean isSent(List<Delivery> deliveries) {
    return deliveries.stream().anyMatch(mail -> mail.status() == DeliveryStatus.ACCEPTED);
  }

  /**
   * Runs the example.
   *
   * @param args a mail server's host and port
   */
  public static void main(String[] args) throws Exception {
    try (ExampleShop shop = ExampleShop.open()) {
      System.out.println(run(shop, args[0], Integer.parseInt(args[1])));
    }
  }
}
