package com.techcorp.search.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.search.IndexOptions;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.SearchUnavailableException;
import com.techcorp.search.spi.IndexWrite;
import com.techcorp.search.spi.StoredEntry;
import com.techcorp.search.spi.WriteResult;
import com.techcorp.servers.elasticsearch.ElasticsearchServer;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a kill of the engine leaves. */
class EngineCrashIT {
  private static final UUID DELETED = new UUID(0, 1);
  private static final UUID WRITTEN = new UUID(0, 2);

  private static IndexWrite.Put put(UUID product, long version) {
    return new IndexWrite.Put(
        ProductDocument.builder(product, "shirt", BigDecimal.ONE, Instant.EPOCH).build(), version);
  }

  /** Without the flush the engine's log would bring a deletion back, and nothing be shown. */
  private static void flush(ElasticsearchServer server) throws Exception {
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.uri() + "/_flush?force=true"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aKilledNodeForgetsNeitherDeletionsNorWrites() throws Exception {
    try (ElasticsearchServer server = ElasticsearchServer.start();
        ElasticIndex index =
            ElasticIndex.builder(server.uri()).options(TestOptions.PATIENT).build()) {
      String target = index.open(IndexOptions.DEFAULT);
      index.write(target, List.of(put(DELETED, 5)));
      index.write(target, List.of(new IndexWrite.Tombstone(DELETED, 7, Instant.EPOCH)));
      flush(server);
      IndexWrite.Put written = put(WRITTEN, 8);
      assertThat(index.write(target, List.of(written))).containsExactly(new WriteResult.Written());

      server.kill();
      assertThatThrownBy(() -> index.search(Plans.words("shirt")))
          .isInstanceOf(SearchUnavailableException.class);
      server.restart();

      assertThat(index.write(target, List.of(put(DELETED, 6))))
          .containsExactly(new WriteResult.Conflict(7));
      assertThat(index.read(target, List.of(DELETED, WRITTEN)).values())
          .containsExactlyInAnyOrder(
              new StoredEntry(DELETED, 7, null),
              new StoredEntry(WRITTEN, 8, written.document().json()));
      index.refresh(target);
      assertThat(index.search(Plans.words("shirt")).total()).isEqualTo(1);
    }
  }
}
