package com.techcorp.notification.internal;

import com.techcorp.auth.SessionEvents;
import com.techcorp.auth.User;
import com.techcorp.auth.UserEventType;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventBus;
import com.techcorp.messaging.Subscription;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.Notification;
import com.techcorp.notification.Notifier;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.order.CustomerDirectory.Customer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells users by e-mail what somebody else may have done to their login: the consumer {@code
 * user-notifications} of {@code user.password_changed} and {@code session.reuse_detected}.
 * Thread-safe.
 *
 * <p>The templates {@code password-changed} and {@code session-reuse-detected} can use: {@code
 * customer_name}, {@code named} (for a section: whether there is a name) and {@code time} (when it
 * happened, in UTC, in the customer's locale). They contain no link and no secret.
 */
public final class UserNotifications {
  private static final Logger log = LoggerFactory.getLogger(UserNotifications.class);
  private static final Map<String, String> TEMPLATES =
      Map.of(
          UserEventType.PASSWORD_CHANGED.routingKey(),
          "password-changed",
          SessionEvents.REUSE_DETECTED,
          "session-reuse-detected");

  private final Notifier notifier;
  private final UserDirectory users;
  private final CustomerDirectory customers;

  /**
   * Subscribes to nothing yet.
   *
   * @param notifier sends
   * @param users to which address: as the user spells it
   * @param customers in which language, and by which name; a user need not be a customer
   */
  public UserNotifications(Notifier notifier, UserDirectory users, CustomerDirectory customers) {
    this.notifier = notifier;
    this.users = users;
    this.customers = customers;
  }

  /**
   * Subscribes to {@code user.password_changed} and {@code session.reuse_detected}.
   *
   * @param bus where users' and sessions' events come from
   * @throws com.techcorp.error.WiringException if the bus has a consumer {@link
   *     Notifier#USERS_CONSUMER} already
   */
  public void subscribeTo(EventBus bus) {
    bus.subscribe(new Subscription(Notifier.USERS_CONSUMER, TEMPLATES.keySet(), this::handle));
  }

  /**
   * Sends the message of an event; without a user or an address the event counts as handled,
   * because a retry would not help, and the log says so.
   */
  private void handle(Event event) {
    String template = TEMPLATES.get(event.type());
    if (template == null) {
      return;
    }
    UUID userId = event.payload().uuid("user_id");
    Optional<User> user = users.find(userId);
    if (user.isEmpty() || !EmailRecipient.isUsable(user.get().email())) {
      log.warn(
          "User {}: no {} was sent, because {}. Nothing will be sent for this event",
          userId,
          template,
          user.isEmpty() ? "there is no such user" : "the e-mail address is not usable");
      return;
    }
    notifier.send(notification(event, user.get(), template));
  }

  private Notification notification(Event event, User user, String template) {
    Optional<Customer> customer = customers.findCustomer(user.id());
    Locale locale = customer.map(it -> OrderData.locale(it.locale())).orElse(Locale.ENGLISH);
    String name = customer.map(it -> it.fullName().strip()).orElse("");
    return new Notification(
        event.id(),
        UserEventType.streamOf(user.id()),
        user.id(),
        MessageSender.EMAIL,
        user.email().strip(),
        template,
        locale,
        Map.of(
            "customer_name", name,
            "named", !name.isEmpty(),
            "time", time(Instant.parse(event.payload().text("timestamp")), locale)));
  }

  private static String time(Instant instant, Locale locale) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
            .withLocale(locale)
            .withZone(ZoneOffset.UTC)
            .format(instant)
        + " UTC";
  }
}
