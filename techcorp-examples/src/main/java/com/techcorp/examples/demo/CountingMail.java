package com.techcorp.examples.demo;

import com.techcorp.notification.Message;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.SendResult;
import java.util.concurrent.atomic.AtomicLong;

/** Stands in for a mail provider: accepts every message, counts it, sends nothing. Thread-safe. */
final class CountingMail implements MessageSender {
  private final AtomicLong count = new AtomicLong();

  @Override
  public String channel() {
    return MessageSender.EMAIL;
  }

  @Override
  public SendResult send(Message message) {
    count.incrementAndGet();
    return new SendResult.Accepted("demo-" + message.deliveryId());
  }

  long count() {
    return count.get();
  }
}
