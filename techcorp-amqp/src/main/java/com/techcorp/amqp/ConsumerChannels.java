package com.techcorp.amqp;

import com.rabbitmq.client.Channel;
import com.techcorp.messaging.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One consumer's deliveries on whichever session there is: a channel for each of its attempts. On
 * the keeper's thread, but for {@link #drain}.
 */
final class ConsumerChannels implements SessionAttachment {
  private final Subscription subscription;
  private final ConsumerCalls calls;
  private final PublishingLink publishing;
  private final RabbitOptions options;
  private final Topology topology;
  private final TopologyDeclarations declarations;
  private volatile List<RabbitConsumer> consumers = List.of();
  private @Nullable Session served;

  /**
   * @param calls of the consumer's handler, through all sessions
   * @param publishing where its dead letters are published
   */
  ConsumerChannels(ConsumerCalls calls, PublishingLink publishing, RabbitOptions options) {
    this.subscription = calls.subscription();
    this.calls = calls;
    this.publishing = publishing;
    this.options = options;
    this.topology = Topology.of(options);
    this.declarations = new TopologyDeclarations(topology);
  }

  @Override
  public String without() {
    return "Consumer " + subscription.consumer() + " gets nothing";
  }

  @Override
  public void begin(Session session) throws IOException {
    session.onOwnChannel(
        channel ->
            declarations.declareConsumer(channel, subscription.consumer(), subscription.types()));
    if (served != session) {
      consume(session);
      served = session;
    }
  }

  private void consume(Session session) throws IOException {
    List<Channel> channels = new ArrayList<>();
    List<RabbitConsumer> begun = new ArrayList<>();
    try {
      for (int attempt = 1; attempt <= topology.attempts(); attempt++) {
        Channel channel = session.opened();
        channels.add(channel);
        RabbitConsumer consumer = new RabbitConsumer(channel, publishing, options, calls, attempt);
        consumer.begin();
        begun.add(consumer);
      }
    } catch (IOException e) {
      stop(begun);
      for (Channel channel : channels) {
        channel.abort();
      }
      throw declarations.refused(e, "consume from the queues of " + subscription.consumer());
    }
    consumers = begun;
    // Only now: what closes for a refusal of this consumer must not cost the others the session.
    channels.forEach(session::endWith);
    calls.pausing().serves(begun);
  }

  @Override
  public void lost() {
    served = null;
    stop(consumers);
  }

  private static void stop(List<RabbitConsumer> which) {
    which.forEach(consumer -> consumer.stop(Duration.ZERO));
  }

  @Override
  public boolean drain(Duration limit) {
    List<RabbitConsumer> all = consumers;
    stop(all);
    long until = calls.nanoTime() + limit.toNanos();
    boolean drained = true;
    for (RabbitConsumer consumer : all) {
      drained &= consumer.stop(Duration.ofNanos(Math.max(0, until - calls.nanoTime())));
    }
    return drained;
  }
}
