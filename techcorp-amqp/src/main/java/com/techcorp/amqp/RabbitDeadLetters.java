package com.techcorp.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import com.techcorp.error.NotFoundException;
import com.techcorp.error.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads and replays the dead letters of a consumer on RabbitMQ. Thread-safe; throws {@link
 * UnavailableException} when the broker cannot be reached.
 */
public final class RabbitDeadLetters {
  private static final long ALL = 0;
  private static final String UNKNOWN = "the broker gave up on it: delivered too often";

  private final PublishingLink publishing;
  private final Topology topology;
  private final String consumer;

  RabbitDeadLetters(PublishingLink publishing, RabbitOptions options, String consumer) {
    this.publishing = publishing;
    this.topology = Topology.of(options);
    this.consumer = consumer;
  }

  /**
   * A dead letter in a consumer's queue.
   *
   * @param messageId the event's id, as its publisher gave it; any if it gave none
   * @param type the event's type; empty if there was none
   * @param reason why it is dead
   * @param attempts how many attempts there were; 0 if that is not known
   * @param body as it came, read as UTF-8; it may be anything
   */
  public record Letter(String messageId, String type, String reason, int attempts, String body) {}

  private interface Task<T> {
    T on(Channel channel) throws IOException;
  }

  /**
   * Looks, and leaves everything where it is.
   *
   * @param limit how many at the most
   * @return oldest first
   * @throws NotFoundException if no consumer has subscribed under this name
   */
  public List<Letter> peek(int limit) {
    return run(
        channel -> {
          List<Letter> letters = new ArrayList<>();
          GetResponse next = limit > 0 ? get(channel) : null;
          while (next != null) {
            letters.add(letter(next));
            next = letters.size() < limit ? get(channel) : null;
          }
          // Closing the channel would give them back too, but some time after the answer.
          channel.basicNack(ALL, true, true);
          return letters;
        });
  }

  /**
   * Gives dead letters to the consumer again, from its first attempt on: when what it failed on is
   * mended. The consumer's inbox recognises events that it had before.
   *
   * @param limit how many at the most
   * @return how many there were
   * @throws NotFoundException if no consumer has subscribed under this name
   */
  public int replay(int limit) {
    return run(
        channel -> {
          String run = UUID.randomUUID().toString();
          int replayed = 0;
          while (replayed < limit && replayNext(channel, run)) {
            replayed++;
          }
          return replayed;
        });
  }

  private boolean replayNext(Channel channel, String run) throws IOException {
    GetResponse next = get(channel);
    if (next == null) {
      return false;
    }
    if (run.equals(String.valueOf(headers(next.getProps()).get(MovedHeaders.REPLAY)))) {
      // It has failed again meanwhile, and all that was there before it is replayed.
      channel.basicNack(next.getEnvelope().getDeliveryTag(), false, true);
      return false;
    }
    publish(topology.attempt(consumer, 1), alive(next.getProps(), run, channel), next.getBody());
    channel.basicAck(next.getEnvelope().getDeliveryTag(), false);
    return true;
  }

  private void publish(String queue, BasicProperties properties, byte[] body) throws IOException {
    try {
      PublishOutcome outcome =
          publishing.awaitOutcome(publishing.publish(topology.queues(), queue, properties, body));
      if (outcome != PublishOutcome.CONFIRMED) {
        throw new IOException("the broker did not confirm: " + outcome);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private @Nullable GetResponse get(Channel channel) throws IOException {
    return channel.basicGet(topology.dead(consumer), false);
  }

  private <T> T run(Task<T> task) {
    try (Channel channel = publishing.session().opened()) {
      return task.on(channel);
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      if (BrokerRefusals.code(e) == AMQP.NOT_FOUND) {
        throw new NotFoundException(
            "no consumer '" + consumer + "': there is no queue of its dead letters", e);
      }
      throw new UnavailableException(
          "the dead letters of " + consumer + " cannot be reached; nothing is lost, repeat it", e);
    }
  }

  private static Letter letter(GetResponse from) {
    BasicProperties properties = from.getProps();
    Map<String, Object> headers = headers(properties);
    Object attempts = headers.get(RetryLadder.ATTEMPTS);
    return new Letter(
        text(properties.getMessageId()),
        text(properties.getType()),
        headers.containsKey(RetryLadder.REASON)
            ? String.valueOf(headers.get(RetryLadder.REASON))
            : UNKNOWN,
        attempts instanceof Integer count ? count : 0,
        new String(from.getBody(), StandardCharsets.UTF_8));
  }

  private static BasicProperties alive(BasicProperties properties, String run, Channel channel) {
    Map<String, Object> headers = MovedHeaders.of(properties.getHeaders(), channel);
    headers.put(MovedHeaders.REPLAY, run);
    headers.remove(RetryLadder.REASON);
    headers.remove(RetryLadder.ATTEMPTS);
    headers.remove(MovedHeaders.POSTPONED);
    OtherTypes.forget(headers);
    return properties.builder().headers(headers).build();
  }

  private static Map<String, Object> headers(BasicProperties properties) {
    Map<String, Object> headers = properties.getHeaders();
    return headers == null ? Map.of() : headers;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
