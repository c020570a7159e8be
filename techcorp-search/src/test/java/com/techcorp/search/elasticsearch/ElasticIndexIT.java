package com.techcorp.search.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.techcorp.error.NotFoundException;
import com.techcorp.error.WiringException;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.IndexOptions.Language;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductField;
import com.techcorp.search.spi.FilterClause;
import com.techcorp.search.spi.IndexWrite;
import com.techcorp.search.spi.Ranking;
import com.techcorp.search.spi.TextMatch;
import com.techcorp.search.spi.WriteResult;
import com.techcorp.servers.elasticsearch.ElasticsearchServer;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is in the engine, and what the engine does with it, beside what every index promises. */
class ElasticIndexIT {
  private static final UUID ID = UUID.fromString("01900000-0000-7000-8000-000000000001");

  private final ElasticsearchServer server = ElasticsearchServer.shared();
  private final IndexOptions settings =
      IndexOptions.DEFAULT.withName(
          "e" + UUID.randomUUID().toString().replace("-", "").substring(0, 20));
  private final List<ElasticIndex> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(ElasticIndex::close);
  }

  private ElasticIndex connect() {
    ElasticIndex index = ElasticIndex.builder(server.uri()).options(TestOptions.PATIENT).build();
    open.add(index);
    return index;
  }

  private ElasticIndex open() {
    ElasticIndex index = connect();
    index.open(settings);
    return index;
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.uri() + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static ProductDocument.Builder product() {
    return ProductDocument.builder(
        ID, "Tênis \"azul\" </em> \u0001", new BigDecimal("89.90"), Instant.EPOCH.plusNanos(7));
  }

  private static List<IndexWrite> put(ProductDocument.Builder product) {
    return List.of(new IndexWrite.Put(product.build(), 5));
  }

  @Test
  void theEngineHasTheDocumentByteForByte() throws Exception {
    ElasticIndex index = open();
    ProductDocument document =
        product()
            .description("100% cotton")
            .originalPrice(new BigDecimal("119.90"))
            .attribute("size", List.of("s", "m"))
            .attribute("color.in$ide", List.of("blue"))
            .popularity(0.85)
            .build();

    index.write(index.current(), List.of(new IndexWrite.Put(document, 5)));

    assertThat(send("GET", "/" + index.current() + "/_source/" + ID, "").body())
        .isEqualTo(document.json());
    assertThat(send("GET", "/" + index.current() + "/_doc/" + ID + "?_source=false", "").body())
        .contains("\"_version\":5");
  }

  @Test
  void theMappingIsStrictAndSurvivesManyAttributes() throws Exception {
    ElasticIndex index = open();
    ProductDocument.Builder product = product();
    for (int attribute = 1; attribute <= 1_000; attribute++) {
      product.attribute("a" + attribute, List.of("v"));
    }
    ProductDocument other =
        ProductDocument.builder(new UUID(1, 1), "shirt", BigDecimal.ONE, Instant.EPOCH)
            .attribute("a1001", List.of("v"))
            .build();

    assertThat(
            index.write(
                index.current(),
                List.of(new IndexWrite.Put(product.build(), 1), new IndexWrite.Put(other, 1))))
        .containsExactly(new WriteResult.Written(), new WriteResult.Written());
    index.refresh(index.current());

    assertThat(
            index
                .search(
                    Plans.plan(
                        new TextMatch.All(),
                        Ranking.NONE,
                        List.of(
                            new FilterClause.AnyValue(
                                ProductField.attribute("a1001"), new TreeSet<>(Set.of("v")))),
                        List.of(),
                        null))
                .hits())
        .hasSize(1);
    JsonNode mapping =
        new ObjectMapper()
            .readTree(send("GET", "/" + index.current() + "/_mapping", "").body())
            .at("/" + index.current() + "/mappings");
    assertThat(mapping.at("/dynamic").asText()).isEqualTo("strict");
    assertThat(mapping.at("/properties/attributes/type").asText()).isEqualTo("flattened");
    for (String field : List.of("price", "original_price", "popularity_score")) {
      assertThat(mapping.at("/properties/" + field + "/type").asText()).isEqualTo("double");
    }
  }

  @Test
  void aWriteNeedsTheWriteAlias() throws Exception {
    ElasticIndex index = open();
    String target = index.current();
    send("DELETE", "/" + target + "/_alias/" + target + "-write", "");

    assertThatThrownBy(() -> index.write(target, put(product())))
        .isInstanceOf(NotFoundException.class);

    assertThat(send("GET", "/" + target + "-write", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aFullDiskIsBusyAndNotRefused() throws Exception {
    ElasticIndex index = open();
    String settingsPath = "/" + index.current() + "/_settings";
    send("PUT", settingsPath, "{\"index.blocks.read_only_allow_delete\":true}");

    assertThat(index.write(index.current(), put(product())))
        .allSatisfy(result -> assertThat(result).isInstanceOf(WriteResult.Busy.class));

    send("PUT", settingsPath, "{\"index.blocks.read_only_allow_delete\":null}");
    assertThat(index.write(index.current(), put(product())))
        .containsExactly(new WriteResult.Written());
  }

  @Test
  void anIndexWhereTheAliasShouldBeIsReportedAndKept() throws Exception {
    send("PUT", "/" + settings.name(), "{\"settings\":{\"number_of_replicas\":0}}");
    ElasticIndex index = connect();

    assertThatThrownBy(() -> index.open(settings))
        .isInstanceOf(WiringException.class)
        .hasMessageContaining("An index stands where the alias");

    assertThat(send("GET", "/" + settings.name(), "").statusCode()).isEqualTo(200);
  }

  @Test
  void anOlderMappingIsReported() throws Exception {
    String target = open().current();
    send(
        "PUT",
        "/" + target + "/_mapping",
        "{\"_meta\":{\"techcorp\":{\"index\":\"" + settings.name() + "\",\"mapping\":0}}}");
    ElasticIndex index = connect();

    assertThatThrownBy(() -> index.open(settings))
        .isInstanceOf(WiringException.class)
        .hasMessageContaining("older");
  }

  @Test
  void anotherLanguageIsReported() {
    open();
    ElasticIndex index = connect();

    assertThatThrownBy(() -> index.open(settings.withLanguage(Language.PORTUGUESE)))
        .isInstanceOf(WiringException.class)
        .hasMessageContaining("language");
  }

  @Test
  void anAliasThatIsLostIsReported() throws Exception {
    String target = open().current();
    send("DELETE", "/" + target + "/_alias/" + settings.name(), "");
    ElasticIndex index = connect();

    assertThatThrownBy(() -> index.open(settings))
        .isInstanceOf(WiringException.class)
        .hasMessageContaining("alias " + settings.name() + " is missing");
  }

  @Test
  void processesThatStartAtOnceCreateOneIndex() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<String>> opened = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        ElasticIndex index = connect();
        opened.add(threads.submit(() -> index.open(settings)));
      }
      Set<String> targets = new TreeSet<>();
      for (Future<String> each : opened) {
        targets.add(each.get());
      }
      assertThat(targets).hasSize(1);
      assertThat(open().targets()).isEqualTo(targets);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anIndexWhoseNameBeginsAlikeIsLeftAlone() {
    ElasticIndex index = open();
    ElasticIndex other = connect();
    other.open(settings.withName(settings.name() + "-pt"));

    assertThat(index.targets()).isEqualTo(Collections.singleton(index.current()));
    index.create(settings.name() + "-2");
    index.makeCurrent(settings.name() + "-2");

    assertThat(other.current()).startsWith(settings.name() + "-pt-");
    assertThat(other.targets()).isEqualTo(Collections.singleton(other.current()));
  }
}
