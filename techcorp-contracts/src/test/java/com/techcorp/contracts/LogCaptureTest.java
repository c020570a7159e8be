package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What is captured, and that nothing stays changed. */
class LogCaptureTest {
  private static final Logger LOG = LoggerFactory.getLogger("test.capture");
  private static final Logger BELOW = LoggerFactory.getLogger("test.capture.below");

  @Test
  void linesAreKeptAsTheyWereLogged() {
    StringBuilder argument = new StringBuilder("now");
    try (LogCapture log = LogCapture.of("test.capture")) {
      BELOW.warn("it is {}", argument, new IllegalStateException("why"));
      argument.append(" and later");
      LoggerFactory.getLogger("test.other").warn("not captured");

      assertThat(log.lines()).hasSize(1);
      LogCapture.Line line = log.lines().get(0);
      assertThat(line.logger()).isEqualTo("test.capture.below");
      assertThat(line.level()).isEqualTo(Level.WARN);
      assertThat(line.message()).isEqualTo("it is now");
      assertThat(line.stack()).startsWith("java.lang.IllegalStateException: why");
      assertThat(log.texts()).containsExactly("test.capture.below: it is now\n" + line.stack());
    }
  }

  @Test
  void levelsAreAsBeforeOnceItIsClosed() {
    try (LogCapture log = LogCapture.all().at(Level.DEBUG).at("test.capture.below", Level.ERROR)) {
      LOG.debug("captured");
      BELOW.warn("below its level");

      assertThat(log.texts())
          .contains("test.capture: captured")
          .noneMatch(t -> t.contains("below"));
    }
    LogCapture after = LogCapture.all();
    after.close();
    LOG.warn("nobody listens");

    assertThat(LOG.isDebugEnabled()).isFalse();
    assertThat(BELOW.isWarnEnabled()).isTrue();
    assertThat(after.lines()).isEmpty();
  }
}
