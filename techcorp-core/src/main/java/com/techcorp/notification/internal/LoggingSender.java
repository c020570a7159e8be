package com.techcorp.notification.internal;

import com.techcorp.notification.Message;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.SendResult;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends nothing: logs the template and the masked recipient, never the content. Stands in for a
 * provider until the host brings one; messages count as accepted. Thread-safe.
 */
public final class LoggingSender implements MessageSender {
  private static final Logger log = LoggerFactory.getLogger(LoggingSender.class);

  private final String channel;
  private final AtomicBoolean warned = new AtomicBoolean();

  /** Creates a sender for the channel {@code email}. */
  public LoggingSender() {
    this("email");
  }

  /**
   * Creates a sender for one channel.
   *
   * @param channel its name
   */
  public LoggingSender(String channel) {
    this.channel = channel;
  }

  @Override
  public String channel() {
    return channel;
  }

  @Override
  public SendResult send(Message message) {
    if (warned.compareAndSet(false, true)) {
      log.warn("No sender for '{}' was given: messages are logged and not sent", channel);
    }
    log.info(
        "Not sent: {} to {} (delivery {})",
        message.template(),
        Masking.recipient(message.recipient()),
        message.deliveryId());
    return new SendResult.Accepted("logged-" + message.deliveryId());
  }
}
