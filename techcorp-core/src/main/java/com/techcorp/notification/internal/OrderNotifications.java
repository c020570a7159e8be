package com.techcorp.notification.internal;

import com.techcorp.catalog.ProductCatalog;
import com.techcorp.error.NotFoundException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventBus;
import com.techcorp.messaging.Subscription;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.Notification;
import com.techcorp.notification.Notifier;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.order.CustomerDirectory.Customer;
import com.techcorp.order.Order;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.spi.OrderStore;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells customers by e-mail that their order was confirmed or cancelled: the consumer {@code
 * notifications} of {@code order.confirmed} and {@code order.cancelled}. Never undoes an order.
 * Thread-safe.
 *
 * <p>The templates {@code order-confirmed} and {@code order-cancelled} can use: {@code
 * order_number}, {@code customer_name}, {@code amount}, {@code currency}, {@code items} (each with
 * {@code title}, {@code quantity}, {@code unit_price}, {@code total}), {@code cancel_reason} (a
 * code, or empty), {@code out_of_stock}, {@code declined}, {@code refunded} and {@code free} (for
 * sections). Amounts are texts in the customer's locale, such as {@code R$ 299,90}.
 */
public final class OrderNotifications {
  private static final Logger log = LoggerFactory.getLogger(OrderNotifications.class);
  private static final Map<String, String> TEMPLATES =
      Map.of(
          routingKey(OrderEventType.CONFIRMED), "order-confirmed",
          routingKey(OrderEventType.CANCELLED), "order-cancelled");

  private final Notifier notifier;
  private final OrderStore orders;
  private final CustomerDirectory customers;
  private final ProductCatalog catalog;

  /**
   * Subscribes to nothing yet.
   *
   * @param notifier sends
   * @param orders what was ordered
   * @param customers who gets it, and in which language
   * @param catalog the products' titles; a product that is gone from it appears by its id
   */
  public OrderNotifications(
      Notifier notifier, OrderStore orders, CustomerDirectory customers, ProductCatalog catalog) {
    this.notifier = notifier;
    this.orders = orders;
    this.customers = customers;
    this.catalog = catalog;
  }

  /**
   * Subscribes to {@code order.confirmed} and {@code order.cancelled}.
   *
   * @param bus where orders' events come from
   * @throws com.techcorp.error.WiringException if the bus has a consumer {@link Notifier#CONSUMER}
   *     already
   */
  public void subscribeTo(EventBus bus) {
    bus.subscribe(new Subscription(Notifier.CONSUMER, TEMPLATES.keySet(), this::handle));
  }

  private static String routingKey(OrderEventType type) {
    return type.routingKey().orElseThrow();
  }

  /**
   * Sends the message of an event; without a customer or an address the event counts as handled,
   * because a retry would not help, and the log says what to do.
   */
  private void handle(Event event) {
    String template = TEMPLATES.get(event.type());
    if (template == null) {
      return;
    }
    Order order =
        orders
            .find(event.stream().id())
            .orElseThrow(() -> new NotFoundException("there is no " + event.stream()));
    Optional<Customer> customer = customers.findCustomer(order.userId());
    if (customer.isEmpty() || !EmailRecipient.isUsable(customer.get().email())) {
      log.warn(
          "Order {}: no {} was sent, because {}. Nothing will be sent for this event; correct the"
              + " customer, and tell them yourself if they must know",
          order.orderNumber(),
          template,
          customer.isEmpty()
              ? "the CustomerDirectory does not know user " + order.userId()
              : "user " + order.userId() + " has no usable e-mail address");
      return;
    }
    notifier.send(notification(event, order, customer.get(), template));
  }

  private Notification notification(Event event, Order order, Customer customer, String template) {
    Locale locale = OrderData.locale(customer.locale());
    return new Notification(
        event.id(),
        event.stream(),
        order.userId(),
        MessageSender.EMAIL,
        customer.email().strip(),
        template,
        locale,
        OrderData.of(order, customer, catalog, locale));
  }
}
