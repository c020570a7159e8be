package com.techcorp.bench.contender;

import com.techcorp.notification.Message;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.SendResult;
import java.util.concurrent.atomic.LongAdder;

/** Stands in for a mail provider: accepts every message, counts it, sends nothing. Thread-safe. */
public final class CountingMail implements MessageSender {
  private final LongAdder count = new LongAdder();

  @Override
  public String channel() {
    return MessageSender.EMAIL;
  }

  @Override
  public SendResult send(Message message) {
    count.increment();
    return new SendResult.Accepted("bench-" + message.deliveryId());
  }

  public long count() {
    return count.sum();
  }
}
