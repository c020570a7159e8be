package com.techcorp.mail;

import com.techcorp.notification.Message;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.Notification;
import com.techcorp.notification.ResourceTemplates;
import com.techcorp.notification.internal.DefaultNotifier;
import com.techcorp.notification.spi.DeliveryLog;
import com.techcorp.order.OrderEventType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Messages and notifications to send. */
final class TestMails {
  static final String FROM = "Loja São João <orders@shop.example>";
  static final String RECIPIENT = "ana.souza@example.com";

  private TestMails() {}

  static Message message() {
    return messageTo(RECIPIENT);
  }

  static Message messageTo(String recipient) {
    return new Message(
        UUID.randomUUID(), recipient, "greeting", "Olá, Ana", "Hello Ana\n", "<p>Hello Ana</p>");
  }

  /** What a customer is told of a confirmed order. */
  static Notification confirmed(Locale locale, String title) {
    Map<String, Object> item =
        Map.of("title", title, "quantity", "2", "unit_price", "R$ 1,50", "total", "R$ 3,00");
    return new Notification(
        UUID.randomUUID(),
        OrderEventType.streamOf(UUID.randomUUID()),
        UUID.randomUUID(),
        "email",
        RECIPIENT,
        "order-confirmed",
        locale,
        Map.of(
            "order_number",
            "TC-2024-000001",
            "customer_name",
            "Ana Souza",
            "amount",
            "R$ 3,00",
            "items",
            List.of(item)));
  }

  /** Sends to a server of the test's, and waits a second for each reply. */
  static SmtpSender.Builder impatient(int port) {
    return SmtpSender.builder("127.0.0.1", FROM)
        .tls(SmtpTls.NONE)
        .port(port)
        .replyTimeout(Duration.ofSeconds(1));
  }

  /** The library's own notifier, with its own templates. */
  static DefaultNotifier notifier(DeliveryLog log, MessageSender sender) {
    return new DefaultNotifier(log, ResourceTemplates.builtIn(), List.of(sender), System::nanoTime);
  }
}
