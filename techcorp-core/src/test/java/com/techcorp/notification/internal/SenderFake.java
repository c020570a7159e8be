package com.techcorp.notification.internal;

import com.techcorp.notification.Message;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.SendResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;

/** Keeps what it is given and answers as told; accepts when told nothing. */
final class SenderFake implements MessageSender {
  final List<Message> messages = new ArrayList<>();
  private final Deque<Callable<SendResult>> script = new ArrayDeque<>();

  void next(Callable<SendResult> answer) {
    script.add(answer);
  }

  @Override
  public String channel() {
    return "email";
  }

  @Override
  public SendResult send(Message message) throws Exception {
    messages.add(message);
    Callable<SendResult> answer = script.poll();
    return answer == null ? new SendResult.Accepted("provider-id") : answer.call();
  }
}
