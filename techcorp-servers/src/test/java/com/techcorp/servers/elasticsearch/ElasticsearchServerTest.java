package com.techcorp.servers.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.techcorp.error.WiringException;
import com.techcorp.servers.process.ChildJvm;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ElasticsearchServerTest {
  /** What a busy machine does not reach. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static ElasticsearchServer server;

  @BeforeAll
  static void startServer() {
    server = ElasticsearchServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void saysItsVersion() throws Exception {
    assertThat(server.version()).startsWith("9.5.");
    assertThat(Http.get(server, "/")).contains("\"cluster_name\":\"techcorp\"", "for Search");
    assertThat(Http.header(server, "/", "X-Elastic-Product")).isEqualTo("Elasticsearch");
  }

  @Test
  void keepsWhatItAcknowledgedWhenKilled() throws Exception {
    // given
    long firstPid = server.pid();
    int firstPort = server.port();
    Http.put(server, "/kept/_doc/1", "{\"title\":\"kept\"}");

    // when
    server.kill();

    // then
    assertThatThrownBy(() -> Http.get(server, "/")).isInstanceOf(IOException.class);

    // when
    server.restart();

    // then
    assertThat(server.pid()).isNotEqualTo(firstPid);
    assertThat(server.port()).isEqualTo(firstPort);
    assertThat(Http.get(server, "/kept/_doc/1")).contains("\"title\":\"kept\"");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void answersNothingWhileItIsFrozen() throws Exception {
    // given
    server.pause();
    try {
      // then
      assertThatThrownBy(() -> Http.get(server, "/", Duration.ofMillis(500)))
          .isInstanceOf(HttpTimeoutException.class);
    } finally {
      // when
      server.resume(); // the other tests need it too
    }

    // then
    assertThat(Http.get(server, "/")).contains("for Search");
  }

  @Test
  void stemsAndFoldsUnderTheNamesOfTheAnalysisModule() throws Exception {
    // given
    Http.put(
        server,
        "/stems",
        """
        {"settings": {"number_of_replicas": 0, "analysis": {
          "filter": {
            "folding": {"type": "asciifolding"},
            "kept": {"type": "keyword_marker", "keywords": ["jeans"]},
            "exceptions": {"type": "stemmer_override", "rules": ["azuis, azul => azul"]},
            "english": {"type": "stemmer", "language": "light_english"},
            "short_english": {"type": "stemmer", "language": "minimal_english"},
            "portuguese": {"type": "stemmer", "language": "light_portuguese"},
            "short_portuguese": {"type": "stemmer", "language": "minimal_portuguese"}
          },
          "normalizer": {"folded": {"type": "custom", "filter": ["lowercase", "asciifolding"]}},
          "analyzer": {
            "en": {"tokenizer": "standard", "filter": ["lowercase", "kept", "english"]},
            "min_en": {"tokenizer": "standard", "filter": ["lowercase", "short_english"]},
            "pt": {"tokenizer": "standard",
                   "filter": ["lowercase", "exceptions", "portuguese", "folding"]},
            "min_pt": {"tokenizer": "standard", "filter": ["lowercase", "short_portuguese"]}
          }}}}
        """);

    // then
    assertThat(analyzed("analyzer", "en", "Blue Jeans, shoes"))
        .containsExactly("blue", "jeans", "shoe");
    assertThat(analyzed("analyzer", "min_en", "shirts")).containsExactly("shirt");
    assertThat(analyzed("analyzer", "pt", "Camisas azuis, botões"))
        .containsExactly("camis", "azul", "bota");
    assertThat(analyzed("analyzer", "min_pt", "camisas")).containsExactly("camisa");
    assertThat(analyzed("normalizer", "folded", "CALÇAS")).containsExactly("calcas");
  }

  @Test
  void refusesASettingThatTheStarterDecides() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> ElasticsearchOptions.DEFAULT.withSetting("http.port", "9200"))
        .withMessageContaining("http.port");
  }

  @Test
  void saysWhyItDoesNotStart() {
    ElasticsearchOptions options = ElasticsearchOptions.DEFAULT.withSetting("no.such", "1");

    assertThatIllegalStateException()
        .isThrownBy(() -> ElasticsearchServer.start(options))
        .withMessageContaining("no.such");
  }

  @Test
  void sharesOneServerThatNobodyMayStop() throws Exception {
    // given
    ElasticsearchServer shared = ElasticsearchServer.shared();
    String mine = shared.createPrefix();
    String yours = shared.createPrefix();
    for (String prefix : new String[] {mine, yours}) {
      Http.put(shared, "/" + prefix + "a", "{\"aliases\":{\"" + prefix + "b\":{}}}");
      Http.put(
          shared, "/_index_template/" + prefix + "t", "{\"index_patterns\":[\"" + prefix + "*\"]}");
    }

    // when
    shared.deletePrefix(mine);
    shared.deletePrefix(mine);

    // then
    assertThat(Http.status(shared, "/" + mine + "b")).isEqualTo(404);
    assertThat(Http.status(shared, "/_index_template/" + mine + "t")).isEqualTo(404);
    assertThat(Http.status(shared, "/" + yours + "b")).isEqualTo(200);
    assertThat(Http.status(shared, "/_index_template/" + yours + "t")).isEqualTo(200);
    shared.deletePrefix(yours);
    assertThat(ElasticsearchServer.shared()).isSameAs(shared);
    assertThatIllegalStateException().isThrownBy(shared::kill);
    assertThatIllegalStateException().isThrownBy(shared::port);
    assertThatIllegalStateException().isThrownBy(shared::close);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void leavesNothingButItsDataWhenItsJvmIsKilledEvenWhenFrozen(@TempDir Path directory)
      throws Exception {
    // given
    try (ChildJvm child = ChildJvm.of(ServerOwner.class).args(directory.toString()).start()) {
      String pid = child.awaitLine("elasticsearch=", LIMIT).split("=", 2)[1];
      ProcessHandle node = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();

      // when
      child.kill();

      // then
      await().atMost(LIMIT).until(() -> !node.isAlive());
    }

    // when
    ElasticsearchOptions options = ElasticsearchOptions.DEFAULT.withDirectory(directory);
    try (ElasticsearchServer successor = ElasticsearchServer.start(options)) {
      // then
      assertThat(Http.get(successor, "/kept/_doc/1")).contains("\"title\":\"kept\"");
    }
    assertThat(directory.resolve("elasticsearch.log")).content().contains("closed");
  }

  private static List<String> analyzed(String kind, String name, String text) throws Exception {
    String body = "{\"" + kind + "\":\"" + name + "\",\"text\":\"" + text + "\"}";
    return Http.tokens(Http.post(server, "/stems/_analyze", body));
  }

  /** A JVM that owns a frozen server. */
  static final class ServerOwner {
    public static void main(String[] args) throws Exception {
      ChildJvm.haltWithParent();
      ElasticsearchServer owned =
          ElasticsearchServer.start(ElasticsearchOptions.DEFAULT.withDirectory(Path.of(args[0])));
      Http.put(owned, "/kept/_doc/1", "{\"title\":\"kept\"}");
      owned.pause();
      System.out.println("elasticsearch=" + owned.pid());
      Thread.currentThread().join();
    }
  }
}
