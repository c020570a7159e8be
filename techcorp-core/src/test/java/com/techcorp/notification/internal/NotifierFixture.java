package com.techcorp.notification.internal;

import com.techcorp.messaging.EventStream;
import com.techcorp.notification.Notification;
import com.techcorp.notification.SendResult;
import com.techcorp.notification.Template;
import com.techcorp.notification.TemplateSource;
import com.techcorp.order.OrderEventType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A notifier over fakes, and a notification. */
abstract class NotifierFixture {
  static final Duration LONGEST_SEND = Duration.ofMinutes(2);
  static final SendResult BUSY = new SendResult.NotSent("421 try later", true);
  static final SendResult REFUSED = new SendResult.NotSent("550 no such user", false);

  final DeliveryLogFake log = new DeliveryLogFake();
  final SenderFake sender = new SenderFake();
  final AtomicLong nanos = new AtomicLong();
  final DefaultNotifier notifier = notifier();

  /** A process of its own over the same log. */
  DefaultNotifier notifier() {
    TemplateSource templates =
        (name, locale) ->
            name.equals("greeting") && locale.equals(Locale.ENGLISH)
                ? Optional.of(new Template("Hi {{name}}", "Hello {{name}}", "<p>{{name}}</p>"))
                : Optional.empty();
    return new DefaultNotifier(log, templates, List.of(sender), LONGEST_SEND, nanos::get);
  }

  static final UUID EVENT = UUID.randomUUID();
  static final EventStream ORDER = OrderEventType.streamOf(UUID.randomUUID());
  static final UUID USER = UUID.randomUUID();

  static Notification greeting() {
    return greetingFor(EVENT);
  }

  static Notification greetingFor(UUID event) {
    return new Notification(
        event,
        ORDER,
        USER,
        "email",
        "ada@example.com",
        "greeting",
        Locale.ENGLISH,
        Map.of("name", "Ada"));
  }

  static Notification greeting(String template, Map<String, Object> data) {
    return new Notification(
        EVENT, ORDER, USER, "email", "ada@example.com", template, Locale.ENGLISH, data);
  }
}
