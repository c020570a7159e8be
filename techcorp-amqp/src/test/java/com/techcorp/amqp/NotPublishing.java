package com.techcorp.amqp;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes connections to consume, and none to publish until the test says so. */
final class NotPublishing extends ConnectionFactory {
  private final AtomicBoolean refuses = new AtomicBoolean(true); // shared by its copies
  private final AtomicInteger refused = new AtomicInteger();

  static NotPublishing at(String uri) throws Exception {
    NotPublishing factory = new NotPublishing();
    factory.setUri(uri);
    return factory;
  }

  /** Waits until a connection to publish was refused so many times from now on. */
  void awaitAttempts(int more) {
    int before = refused.get();
    await().atMost(Duration.ofMinutes(1)).until(() -> refused.get() >= before + more);
  }

  void publishNow() {
    refuses.set(false);
  }

  @Override
  public Connection newConnection(ExecutorService executor, String name)
      throws IOException, TimeoutException {
    if (refuses.get() && name.contains("publisher")) {
      refused.incrementAndGet();
      throw new IOException("not for publishing (simulated)");
    }
    return super.newConnection(executor, name);
  }
}
