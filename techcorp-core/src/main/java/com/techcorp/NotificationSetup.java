package com.techcorp;

import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.concurrent.Threads;
import com.techcorp.messaging.EventBus;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.ResourceTemplates;
import com.techcorp.notification.TemplateSource;
import com.techcorp.notification.internal.DefaultNotifier;
import com.techcorp.notification.internal.LoggingSender;
import com.techcorp.notification.internal.OrderNotifications;
import com.techcorp.notification.internal.UserNotifications;
import com.techcorp.order.internal.HostPorts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a builder sets for the messages to customers and users.
 *
 * @param notifier sends them
 * @param users the users who get mails about their password and sessions, or null if none do
 */
record NotificationSetup(DefaultNotifier notifier, @Nullable UserDirectory users) {
  /** Takes the host's templates and senders, and our own for what they lack. */
  static NotificationSetup of(
      Storage storage,
      @Nullable TemplateSource templates,
      List<MessageSender> senders,
      @Nullable UserDirectory users,
      Threads threads) {
    TemplateSource builtIn = ResourceTemplates.builtIn();
    TemplateSource source = templates == null ? builtIn : templates.orElse(builtIn);
    List<MessageSender> all = new ArrayList<>(senders);
    if (all.stream().noneMatch(s -> s.channel().equals(MessageSender.EMAIL))) {
      all.add(new LoggingSender());
    }
    return new NotificationSetup(
        new DefaultNotifier(storage.deliveries(), source, all, threads::nanoTime), users);
  }

  /** Subscribes what turns events into messages. */
  void subscribeTo(EventBus events, Storage storage, HostPorts host) {
    new OrderNotifications(notifier, storage.orders(), host.customers(), host.catalog())
        .subscribeTo(events);
    if (users != null) {
      new UserNotifications(notifier, users, host.customers()).subscribeTo(events);
    }
  }
}
