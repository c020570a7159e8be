package com.techcorp.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.techcorp.error.WiringException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Declares the exchanges, queues and bindings of a topology at the broker. */
final class TopologyDeclarations {
  private final Topology topology;

  TopologyDeclarations(Topology topology) {
    this.topology = topology;
  }

  /**
   * Returns a queue of replies to one process, which ends with the channel's connection. The
   * broker's own choice of a name would need a permission of its own.
   */
  String declareReplies(Channel channel) throws IOException {
    String name = topology.replies() + UUID.randomUUID();
    channel.queueDeclare(name, false, true, true, null);
    channel.queueBind(name, topology.queues(), name);
    return name;
  }

  void declareExchanges(Channel channel) throws IOException {
    for (Map.Entry<String, String> exchange : topology.exchangeTypes().entrySet()) {
      channel.exchangeDeclare(exchange.getKey(), exchange.getValue(), true);
    }
  }

  /**
   * Queues before bindings, for a queue that exists otherwise is to be refused before anything is
   * routed otherwise.
   *
   * @throws WiringException if a queue exists with other arguments, or the broker's user may not
   */
  void declareConsumer(Channel channel, String consumer, Set<String> types) throws IOException {
    for (Topology.Queue queue : topology.queuesOf(consumer)) {
      declare(channel, queue);
    }
    for (Topology.Binding binding : topology.bindingsOf(consumer, types)) {
      bind(channel, binding);
    }
  }

  /**
   * Declares the queue of requests.
   *
   * @throws WiringException if the queue exists with other arguments
   */
  void declareRequests(Channel channel) throws IOException {
    Topology.Queue queue = topology.requestQueue();
    declare(channel, queue);
    bind(channel, new Topology.Binding(topology.queues(), queue.name(), queue.name()));
  }

  private void declare(Channel channel, Topology.Queue queue) throws IOException {
    try {
      channel.queueDeclare(queue.name(), true, false, false, queue.arguments());
    } catch (IOException e) {
      if (BrokerRefusals.code(e) == AMQP.PRECONDITION_FAILED) {
        throw new WiringException(
            "the queue "
                + queue.name()
                + " exists with other arguments: give all processes the same waits"
                + " and limits, or drain and delete it");
      }
      throw refused(e, "declare the queue " + queue.name());
    }
  }

  private void bind(Channel channel, Topology.Binding binding) throws IOException {
    try {
      channel.queueBind(binding.queue(), binding.exchange(), binding.key());
    } catch (IOException e) {
      throw refused(e, "bind the queue " + binding.queue() + " to " + binding.exchange());
    }
  }

  /**
   * Returns the exception for a failure.
   *
   * @return the failure itself
   * @throws WiringException if the broker says that its user may not do it
   */
  IOException refused(IOException failure, String what) {
    if (BrokerRefusals.code(failure) == AMQP.ACCESS_REFUSED) {
      throw new WiringException(
          "RabbitMQ's user may not "
              + what
              + ": permit it to configure, write and read what begins with "
              + topology.prefix()
              + ".");
    }
    return failure;
  }
}
