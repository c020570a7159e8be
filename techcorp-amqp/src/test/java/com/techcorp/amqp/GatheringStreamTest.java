package com.techcorp.amqp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GatheringStreamTest {
  private final List<String> sent = new ArrayList<>();
  private final GatheringStream stream =
      new GatheringStream(
          new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
              sent.add(new String(bytes, from, length, US_ASCII));
            }
          });

  private void say(String text) {
    try {
      stream.write(text.getBytes(US_ASCII));
      stream.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsFlushedIsSentAtOnce() {
    say("a");
    say("b");

    assertThat(sent).containsExactly("a", "b");
  }

  @Test
  void whatOneThreadWritesInARowIsSentTogether() throws IOException {
    stream.gather(
        () -> {
          say("a");
          say("b");
          assertThat(sent).isEmpty();
        });

    assertThat(sent).containsExactly("ab");
  }

  @Test
  void anotherThreadIsNotHeldBackAndTakesWithItWhatWasWrittenBefore() throws IOException {
    stream.gather(
        () -> {
          say("a");
          CompletableFuture.runAsync(() -> say("b"), task -> new Thread(task).start()).join();
          assertThat(sent).containsExactly("ab");
          say("c");
        });

    assertThat(sent).containsExactly("ab", "c");
  }

  @Test
  void noMoreIsHeldBackThanTheBound() throws IOException {
    stream.gather(
        () -> {
          say("a".repeat(GatheringStream.BYTES));
          say("b");
          assertThat(sent).containsExactly("a".repeat(GatheringStream.BYTES));
        });

    assertThat(sent).last().isEqualTo("b");
  }

  @Test
  void whatWasWrittenBeforeAFaultIsSent() {
    assertThatThrownBy(
            () ->
                stream.gather(
                    () -> {
                      say("a");
                      throw new IllegalStateException("simulated");
                    }))
        .hasMessage("simulated");

    assertThat(sent).containsExactly("a");
    say("b");
    assertThat(sent).last().isEqualTo("b");
  }
}
