package com.techcorp.testkit;

import com.techcorp.notification.Message;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.SendResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * A sender that records its messages and fails on request. Thread-safe.
 *
 * <pre>{@code
 * RecordingSender email = new RecordingSender();
 * email.answerNext(new SendResult.NotSent("provider busy", true));
 * }</pre>
 */
public final class RecordingSender implements MessageSender {
  private final String channel;
  private final Deque<Callable<? extends SendResult>> script = new ArrayDeque<>();
  private final List<Message> attempts = new ArrayList<>();
  private final List<Message> accepted = new ArrayList<>();

  /** Creates a sender for the channel {@code email}. */
  public RecordingSender() {
    this("email");
  }

  /**
   * Creates a sender for one channel.
   *
   * @param channel its name
   */
  public RecordingSender(String channel) {
    this.channel = channel;
  }

  @Override
  public String channel() {
    return channel;
  }

  /**
   * Gives the next scripted answer; accepts when there is none left.
   *
   * @param message kept in any case
   * @return the answer
   * @throws Exception what {@link #throwNext} was given
   */
  @Override
  public SendResult send(Message message) throws Exception {
    SendResult result = next(message).call();
    if (result instanceof SendResult.Accepted) {
      synchronized (this) {
        accepted.add(message);
      }
    }
    return result;
  }

  private synchronized Callable<? extends SendResult> next(Message message) {
    attempts.add(message);
    Callable<? extends SendResult> answer = script.poll();
    return answer != null ? answer : () -> new SendResult.Accepted(UUID.randomUUID().toString());
  }

  /**
   * Scripts the answer to the next message that has none yet.
   *
   * @param result the answer
   */
  public synchronized void answerNext(SendResult result) {
    script.add(() -> result);
  }

  /**
   * Scripts what happens while the next message that has none yet is being sent, and its answer.
   *
   * @param answer runs on the thread that sends
   */
  public synchronized void answerNext(Callable<? extends SendResult> answer) {
    script.add(answer);
  }

  /**
   * Lets the next message that has no answer yet end with an exception, as a time-out does.
   *
   * @param failure what is thrown
   */
  public synchronized void throwNext(Exception failure) {
    script.add(
        () -> {
          throw failure;
        });
  }

  /**
   * Returns the messages that were accepted.
   *
   * @return oldest first
   */
  public synchronized List<Message> messages() {
    return List.copyOf(accepted);
  }

  /**
   * Returns the messages that were handed over, whatever the answer.
   *
   * @return oldest first
   */
  public synchronized List<Message> attempts() {
    return List.copyOf(attempts);
  }

  /** Forgets messages and script. */
  public synchronized void clear() {
    attempts.clear();
    accepted.clear();
    script.clear();
  }
}
