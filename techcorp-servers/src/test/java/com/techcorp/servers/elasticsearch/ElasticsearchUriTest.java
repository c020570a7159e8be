package com.techcorp.servers.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElasticsearchUriTest {
  @Test
  void saysWhoAsksAndNeverThePassword() {
    ElasticsearchUri uri =
        ElasticsearchUri.parse(" https://elastic:s%40cret@search.example:9243/ ");

    assertThat(uri.text()).isEqualTo("https://elastic:s%40cret@search.example:9243");
    assertThat(uri.authorization()).contains("Basic ZWxhc3RpYzpzQGNyZXQ="); // elastic:s@cret
    assertThat(uri).hasToString("https://search.example:9243");
    assertThat(uri.resolve("/a")).isEqualTo(URI.create("https://search.example:9243/a"));
  }

  @Test
  void mayNameNobody() {
    assertThat(ElasticsearchUri.parse("http://127.0.0.1:9200").authorization()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "127.0.0.1:9200", "redis://h:1", "http://", "http://u:se cret@h"})
  void refusesWhatIsNone(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ElasticsearchUri.parse(text))
        .withMessageContaining("http://user:password@host:port")
        .withMessageNotContaining("se cret");
  }
}
