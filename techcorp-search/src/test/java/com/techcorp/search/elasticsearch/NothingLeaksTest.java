package com.techcorp.search.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.elasticsearch.EngineStub.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** No secret is in what is logged or thrown, whatever the engine does. */
class NothingLeaksTest {
  private static final String PASSWORD = "pa55-of-the-shop";
  private static final String BASIC =
      Base64.getEncoder().encodeToString(("shop:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

  @Test
  void noSecretIsLoggedOrThrown() {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    root.addAppender(logged);
    root.setLevel(Level.INFO);
    List<String> texts = new ArrayList<>();
    try {
      String gone;
      try (EngineStub engine = EngineStub.start()) {
        gone = engine.uri();
        for (int status : new int[] {200, 400, 401, 403, 404, 429, 500, 503}) {
          engine.answer(request -> status == 200 ? null : Answer.error(status));
          texts.addAll(use(gone));
        }
      }
      texts.addAll(use(gone));
    } finally {
      root.detachAppender(logged);
      root.setLevel(before);
    }

    logged.list.forEach(event -> texts.add(event.getFormattedMessage()));
    assertThat(texts).hasSizeGreaterThan(15);
    assertThat(texts)
        .allSatisfy(
            text -> assertThat(text).doesNotContain(PASSWORD, BASIC, EngineStub.ENGINE_TEXT));
  }

  private static List<String> use(String uri) {
    List<String> texts = new ArrayList<>();
    String withUser = uri.replace("://", "://shop:" + PASSWORD + "@");
    try (ElasticIndex index = ElasticIndex.connect(withUser)) {
      texts.add(index.toString());
      Throwable thrown =
          catchThrowable(
              () -> {
                index.open(IndexOptions.DEFAULT);
                index.search(Plans.words("shirt"));
              });
      for (Throwable each = thrown; each != null; each = each.getCause()) {
        texts.add(each.toString());
      }
    }
    return texts;
  }
}
