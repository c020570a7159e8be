package com.techcorp.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.techcorp.testkit.relevance.RelevanceSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateRelevanceProductsTest {

  @ParameterizedTest
  @ValueSource(strings = {"products-english.jsonl", "products-portuguese.jsonl"})
  void theRelevanceSetHasTheShippedCatalogue(String name, @TempDir Path folder) throws IOException {
    GenerateRelevanceProducts.main(new String[] {folder.toString()});

    try (InputStream expected = RelevanceSet.class.getResourceAsStream(name)) {
      assertThat(folder.resolve(name))
          .as("%s differs: run GenerateRelevanceProducts again and commit its output", name)
          .hasBinaryContent(expected.readAllBytes());
    }
  }

  @Test
  void wrongArgumentsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GenerateRelevanceProducts.main(new String[0]))
        .withMessageContaining("usage");
  }
}
