package com.techcorp.notification.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.InProcessEventBus;
import com.techcorp.catalog.Product;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.InboxFake;
import com.techcorp.messaging.NoBacklog;
import com.techcorp.messaging.OutboxFake;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Message;
import com.techcorp.notification.Notifier;
import com.techcorp.notification.ResourceTemplates;
import com.techcorp.notification.SendResult;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.order.Order;
import com.techcorp.order.OrderHead;
import com.techcorp.order.OrderLine;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.order.OrderStatus;
import com.techcorp.payment.Amount;
import com.techcorp.retry.RetryPolicy;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderNotificationsTest {
  private static final UUID USER = UUID.randomUUID();
  private static final UUID SHIRT = UUID.randomUUID();
  private static final UUID GONE = UUID.randomUUID();

  private final InboxFake inbox = new InboxFake();
  private final InProcessEventBus bus =
      new InProcessEventBus(inbox, RetryPolicy.every(Duration.ofMillis(1), 1));
  private final DeliveryLogFake log = new DeliveryLogFake();
  private final SenderFake sender = new SenderFake();
  private final OrdersFake orders = new OrdersFake();
  private final Map<UUID, CustomerDirectory.Customer> customers = new HashMap<>();
  private String title = "Basic Cotton T-Shirt";

  @BeforeEach
  void subscribe() {
    bus.start(
        new BusContext(
            new OwnThreads(),
            () -> null,
            new FaultBoundary(),
            new NoBacklog(),
            () -> Backlog.NONE));
    DefaultNotifier notifier =
        new DefaultNotifier(log, ResourceTemplates.builtIn(), List.of(sender), System::nanoTime);
    new OrderNotifications(
            notifier,
            orders,
            new CustomerDirectory() {
              @Override
              public Optional<Customer> findCustomer(UUID userId) {
                return Optional.ofNullable(customers.get(userId));
              }

              @Override
              public boolean ownsAddress(UUID userId, UUID addressId) {
                return true;
              }
            },
            ids -> Map.of(SHIRT, new Product(SHIRT, title, 8990, "BRL", 1)))
        .subscribeTo(bus);
    customer("ada@example.com", "en");
  }

  @AfterEach
  void close() {
    bus.close();
  }

  private boolean publish(Event event) {
    return bus.publish(event).join();
  }

  @Test
  void tellsAnEnglishCustomer() {
    // given
    Event confirmed = order("order.confirmed", OrderStatus.CONFIRMED, null, null);

    // when
    boolean taken = publish(confirmed);

    // then
    Message message = sender.messages.get(0);
    assertThat(taken).isTrue();
    assertThat(message.recipient()).isEqualTo("ada@example.com");
    assertThat(message.subject()).isEqualTo("Your order TC-2024-001234 is confirmed");
    assertThat(plain(message.text()))
        .contains("Hello Ada Lovelace,")
        .contains("2 x Basic Cotton T-Shirt (R$89.90 each): R$179.80")
        .contains("1 x " + GONE + " (R$120.10 each): R$120.10")
        .contains("Total: R$299.90");
    assertThat(log.only().status()).isEqualTo(DeliveryStatus.ACCEPTED);
    assertThat(log.only().eventId()).isEqualTo(confirmed.id());
    assertThat(log.only().template()).isEqualTo("order-confirmed");
  }

  @Test
  void tellsABrazilianCustomer() {
    // given
    customer("ada@example.com", "pt-BR");

    // when
    publish(order("order.confirmed", OrderStatus.CONFIRMED, null, null));

    // then
    Message message = sender.messages.get(0);
    assertThat(message.subject()).isEqualTo("Seu pedido TC-2024-001234 foi confirmado");
    assertThat(plain(message.text()))
        .contains("2 x Basic Cotton T-Shirt (R$ 89,90 cada): R$ 179,80")
        .contains("Total: R$ 299,90");
    assertThat(message.html()).contains("Olá, Ada Lovelace!");
  }

  @Test
  void escapesTitlesInHtml() {
    // given
    title = "<script>alert(1)</script>";

    // when
    publish(order("order.confirmed", OrderStatus.CONFIRMED, null, null));

    // then
    assertThat(sender.messages.get(0).html()).contains("&lt;script&gt;").doesNotContain("<script>");
  }

  @Test
  void saysWhyAnOrderWasCancelled() {
    // when
    publish(order("order.cancelled", OrderStatus.CANCELLED, "OUT_OF_STOCK", null));
    publish(order("order.cancelled", OrderStatus.CANCELLED, "DECLINED", null));
    publish(
        order("order.cancelled", OrderStatus.CANCELLED, "EXPIRED", OrderRefundStatus.REQUESTED));

    // then
    assertThat(sender.messages).extracting(Message::text).hasSize(3);
    assertThat(sender.messages.get(0).text()).contains("no longer available");
    assertThat(sender.messages.get(1).text()).contains("declined").doesNotContain("returning");
    assertThat(sender.messages.get(2).text()).contains("returning").doesNotContain("declined");
  }

  @Test
  void takesTheEventWhenThereIsNobodyToTell() {
    // given
    Event confirmed = order("order.confirmed", OrderStatus.CONFIRMED, null, null);

    for (String unusable : List.of("", "nobody", "a@b.com\r\nBcc: c@d.com", "a@b.com,c@d.com")) {
      customer(unusable, "en");
      assertThat(publish(confirmed)).isTrue();
    }
    customers.clear();
    assertThat(publish(confirmed)).isTrue();

    // then
    assertThat(sender.messages).isEmpty();
    assertThat(log.isEmpty()).isTrue();
    assertThat(inbox.dead(Notifier.CONSUMER, 1)).isEmpty();
  }

  @Test
  void leavesADeadLetterWhenAttemptsAreUsedUp() {
    // given
    sender.next(() -> new SendResult.NotSent("421 try later", true));

    // when
    boolean taken = publish(order("order.confirmed", OrderStatus.CONFIRMED, null, null));

    // then
    assertThat(taken).isTrue();
    assertThat(log.only().status()).isEqualTo(DeliveryStatus.QUEUED);
    assertThat(inbox.dead(Notifier.CONSUMER, 10))
        .singleElement()
        .satisfies(
            letter ->
                assertThat(letter.reason()).contains("DeliveryDeferredException", "421 try later"));
  }

  @Test
  void writesAmountsByTheCurrencysMinorUnits() {
    assertThat(plain(OrderData.money(BigInteger.valueOf(1234), "JPY", Locale.US)))
        .isEqualTo("¥1,234");
    assertThat(plain(OrderData.money(BigInteger.valueOf(1234), "KWD", Locale.US)))
        .contains("KWD", "1.234");
    assertThat(plain(OrderData.money(BigInteger.valueOf(Long.MAX_VALUE), "USD", Locale.US)))
        .isEqualTo("$92,233,720,368,547,758.07");
    assertThat(OrderData.locale("pt_BR")).isEqualTo(Locale.forLanguageTag("pt-BR"));
    assertThat(OrderData.locale("")).isEqualTo(Locale.ENGLISH);
  }

  private void customer(String email, String locale) {
    customers.put(USER, new CustomerDirectory.Customer(USER, email, "Ada Lovelace", locale));
  }

  /** Puts an order and returns its event. */
  private Event order(
      String type,
      OrderStatus status,
      @Nullable String reason,
      @Nullable OrderRefundStatus refund) {
    Event event = new OutboxFake().add(orders.size() + 1, 1, type);
    Instant now = Instant.parse("2024-01-15T10:00:00Z");
    orders.put(
        new Order(
            event.stream().id(),
            "TC-2024-001234",
            USER,
            UUID.randomUUID(),
            UUID.randomUUID(),
            new Amount(29990, "BRL"),
            List.of(new OrderLine(SHIRT, 2, 8990), new OrderLine(GONE, 1, 12010)),
            new OrderHead(status, reason, null, refund, 2, 1),
            new Order.Times(now, now)));
    return event;
  }

  private static String plain(String text) {
    return text.replace('\u00A0', ' ');
  }
}
