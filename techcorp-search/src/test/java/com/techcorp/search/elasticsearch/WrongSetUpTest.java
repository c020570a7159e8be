package com.techcorp.search.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.WiringException;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.SearchUnavailableException;
import com.techcorp.search.elasticsearch.EngineStub.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start says of a server or an index that cannot be used. */
class WrongSetUpTest {
  private static final String SECRET = "s3cret-of-the-shop";

  private final EngineStub engine = EngineStub.start();

  @AfterEach
  void close() {
    engine.close();
  }

  private void open() {
    try (ElasticIndex index = ElasticIndex.builder(engine.uri()).user("shop", SECRET).build()) {
      index.open(IndexOptions.DEFAULT);
    }
  }

  private void assertTold(String what) {
    assertThatThrownBy(this::open)
        .isInstanceOf(WiringException.class)
        .hasMessageContaining(what)
        .hasMessageNotContaining(SECRET)
        .hasMessageNotContaining(EngineStub.ENGINE_TEXT);
  }

  @Test
  void anIndexAsItShouldBeOpens() {
    open();

    String basic =
        Base64.getEncoder().encodeToString(("shop:" + SECRET).getBytes(StandardCharsets.UTF_8));
    assertThat(engine.asked())
        .isNotEmpty()
        .allSatisfy(request -> assertThat(request.authorization()).isEqualTo("Basic " + basic));
  }

  @Test
  void anApiKeyIsSent() {
    try (ElasticIndex index = ElasticIndex.builder(engine.uri()).apiKey("a2V5").build()) {
      index.open(IndexOptions.DEFAULT);
    }

    assertThat(engine.asked())
        .allSatisfy(request -> assertThat(request.authorization()).isEqualTo("ApiKey a2V5"));
  }

  @Test
  void aUserMayStandInTheAddress() {
    String uri = engine.uri().replace("://", "://ann:pw@");
    try (ElasticIndex index = ElasticIndex.connect(uri)) {
      index.open(IndexOptions.DEFAULT);
    }

    assertThat(engine.asked().get(0).authorization()).isEqualTo("Basic YW5uOnB3");
  }

  @Test
  void aWrongPassword() {
    engine.answer(request -> Answer.error(401));
    assertTold("password or API key");
  }

  @Test
  void tooFewPrivileges() {
    engine.answer("/products", Answer.error(403));
    assertTold("privileges on the indexes products and products-*");
  }

  @Test
  void anotherProduct() {
    engine.pretendToBeAnotherProduct();
    assertTold("not Elasticsearch");
  }

  @Test
  void anOlderServer() {
    engine.answer(
        request ->
            request.path().equals("/")
                ? new Answer(200, "{\"version\":{\"number\":\"8.19.0\"}}")
                : null);
    assertTold("upgrade it to 9");
  }

  @Test
  void anIndexWhereTheAliasShouldBe() {
    engine.answer("/products", new Answer(200, "{\"products\":{\"aliases\":{}}}"));
    assertTold("An index stands where the alias products should be");
  }

  @Test
  void anAliasOfTwoIndexes() {
    engine.answer("/products", new Answer(200, "{\"products-1\":{},\"products-2\":{}}"));
    assertTold("must point to one index");
  }

  @Test
  void anOlderMapping() {
    engine.answer("/products", new Answer(200, EngineStub.index("{\"bool\":{}}", 0, "english")));
    assertTold("older version of the library");
  }

  @Test
  void aLaterMapping() {
    engine.answer("/products", new Answer(200, EngineStub.index("{\"bool\":{}}", 99, "english")));
    assertTold("a later version of the library");
  }

  @Test
  void anotherLanguage() {
    engine.answer("/products", new Answer(200, EngineStub.index("{}", 1, "portuguese")));
    assertTold("another language than english");
  }

  @Test
  void anAliasThatShowsTombstones() {
    engine.answer("/products", new Answer(200, EngineStub.index("null", 1, "english")));
    assertTold("has no filter");
  }

  @Test
  void anEngineThatIsAway() {
    engine.close();

    assertThatThrownBy(this::open)
        .isInstanceOf(SearchUnavailableException.class)
        .hasMessageNotContaining(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "search-1:9200",
        "ftp://ann:s3cret@host",
        "http://ann:s3cret@host/path",
        "http:// ann:s3cret"
      })
  void whatIsNoAddress(String uri) {
    assertThatThrownBy(() -> ElasticIndex.connect(uri))
        .isInstanceOf(WiringException.class)
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }

  @Test
  void whatIsNoCertificate() {
    ElasticIndex.Builder builder = ElasticIndex.builder("https://127.0.0.1:1");

    assertThatThrownBy(() -> builder.certificateAuthority(Path.of("no-such-file.crt")))
        .isInstanceOf(WiringException.class);
    assertThatThrownBy(() -> builder.certificateFingerprint("abcd"))
        .isInstanceOf(WiringException.class);
    assertThatThrownBy(() -> builder.certificateFingerprint("x".repeat(64)))
        .isInstanceOf(WiringException.class);
  }
}
