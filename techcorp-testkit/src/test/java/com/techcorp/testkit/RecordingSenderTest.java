package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.notification.Message;
import com.techcorp.notification.SendResult;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordingSenderTest {
  private final RecordingSender sender = new RecordingSender();

  @Test
  void answersAsScriptedAndThenAccepts() throws Exception {
    // given
    SendResult unknown = new SendResult.Unknown("no answer");
    sender.answerNext(unknown);
    sender.throwNext(new IOException("reset"));

    // then
    assertThat(sender.send(message("a"))).isEqualTo(unknown);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> sender.send(message("b")));
    assertThat(sender.send(message("c"))).isInstanceOf(SendResult.Accepted.class);
    assertThat(sender.channel()).isEqualTo("email");
    assertThat(sender.attempts()).extracting(Message::subject).containsExactly("a", "b", "c");
    assertThat(sender.messages()).extracting(Message::subject).containsExactly("c");

    // when
    sender.clear();

    // then
    assertThat(sender.attempts()).isEmpty();
    assertThat(sender.messages()).isEmpty();
  }

  private static Message message(String subject) {
    return new Message(UUID.randomUUID(), "ada@example.com", "t", subject, "text", null);
  }
}
