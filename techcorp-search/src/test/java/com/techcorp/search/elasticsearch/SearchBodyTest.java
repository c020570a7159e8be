package com.techcorp.search.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.techcorp.search.FacetRequest;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.ProductField;
import com.techcorp.search.SearchOptions;
import com.techcorp.search.UrlParameters;
import com.techcorp.search.elasticsearch.EngineStub.Asked;
import com.techcorp.search.internal.EngineSearcher;
import com.techcorp.search.internal.RuleSet;
import com.techcorp.search.spi.FilterClause;
import com.techcorp.search.spi.Ranking;
import com.techcorp.search.spi.TextMatch;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent for a search, as the server receives it. */
class SearchBodyTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EngineStub engine = EngineStub.start();
  private final ElasticIndex index = engine.open(ElasticOptions.DEFAULT);

  @AfterEach
  void close() {
    index.close();
    engine.close();
  }

  private Asked search(Map<String, List<String>> parameters) {
    EngineSearcher searcher =
        new EngineSearcher(
            index,
            IndexOptions.DEFAULT,
            SearchOptions.DEFAULT.withEnoughHits(0).withPopularIfNothingMatches(false),
            () -> RuleSet.NONE,
            new byte[32],
            InstantSource.system());
    searcher.search(UrlParameters.read(parameters).build());
    return engine.asked().get(0);
  }

  private static JsonNode json(String text) throws Exception {
    return JSON.readTree(text);
  }

  @Test
  void theSeedsRequestGivesTheSeedsBody() throws Exception {
    Asked asked =
        search(
            Map.of(
                "q", List.of("blue t-shirt"),
                "in_stock", List.of("true"),
                "price_min", List.of("50"),
                "price_max", List.of("200")));

    assertThat(json(asked.body()))
        .isEqualTo(
            json(
                """
                {"query":{"bool":{"must":[{"multi_match":{"query":"blue t-shirt",
                                                          "fields":["title^2","description"]}}],
                    "filter":[{"term":{"in_stock":true}},{"range":{"price":{"gte":50,"lte":200}}}]}},
                 "sort":[{"_score":"desc"},{"popularity_score":"desc"},{"id":"asc"}],
                 "size":20,"track_total_hits":true,"timeout":"800ms"}
                """));
    assertThat(asked.path()).isEqualTo("/products/_search");
    assertThat(asked.query()).isEqualTo("allow_partial_search_results=false");
  }

  @Test
  void aFacetChangesTheBodyByItsAggregationAndItsChoice() throws Exception {
    index.search(
        Plans.plan(
            TextMatch.Words.of("shirt"),
            Ranking.NONE,
            List.of(
                new FilterClause.AnyValue(
                    ProductField.attribute("color"), new TreeSet<>(List.of("blue", "red")))),
            List.of(),
            null));
    JsonNode unfaceted = json(engine.asked().get(0).body());

    assertThat(unfaceted.at("/query/bool/filter/0"))
        .isEqualTo(json("{\"terms\":{\"attributes.color\":[\"blue\",\"red\"]}}"));
    assertThat(unfaceted.has("aggs")).isFalse();
    assertThat(unfaceted.has("post_filter")).isFalse();
  }

  @Test
  void rankingIsAFunctionOfTheTextsScore() throws Exception {
    UUID pinned = new UUID(1, 2);
    Ranking ranking =
        new Ranking(
            true, List.of(new Ranking.Boost(new FilterClause.InStock(true), 2)), List.of(pinned));

    index.search(Plans.plan(TextMatch.Words.of("shirt"), ranking, List.of(), List.of(), null));

    assertThat(json(engine.asked().get(0).body()).at("/query/bool/must/0"))
        .isEqualTo(
            json(
                """
                {"dis_max":{"queries":[
                  {"function_score":{
                    "query":{"multi_match":{"query":"shirt","fields":["title^2","description"]}},
                    "functions":[
                      {"field_value_factor":{"field":"popularity_score","modifier":"ln2p",
                                             "missing":0}},
                      {"filter":{"term":{"in_stock":true}},"weight":2.0}],
                    "score_mode":"multiply","boost_mode":"multiply"}},
                  {"constant_score":{"filter":{"term":{"id":"%s"}},"boost":1.1529215E18}}]}}
                """
                    .formatted(pinned)));
  }

  @Test
  void variantsCompeteAndTheirBoostsAreSent() throws Exception {
    index.search(
        Plans.plan(
            new TextMatch.Words(
                List.of(new TextMatch.Variant("sofa", 1), new TextMatch.Variant("couch", 0.5f))),
            Ranking.NONE,
            List.of(),
            List.of(),
            null));

    JsonNode ways = json(engine.asked().get(0).body()).at("/query/bool/must/0/dis_max/queries");
    assertThat(ways.at("/0/multi_match").has("boost")).isFalse();
    assertThat(ways.at("/1/multi_match/boost").doubleValue()).isEqualTo(0.5);
  }

  @Test
  void hitsOfAShopperComeFromTheSameCopy() {
    for (String shopper : List.of("_local", "_local", "ann")) {
      index.search(
          Plans.plan(TextMatch.Words.of("x"), Ranking.NONE, List.of(), List.of(), shopper));
    }

    List<String> sent = engine.asked().stream().map(Asked::query).toList();
    assertThat(sent.get(0)).contains("preference=").doesNotContain("_local").isEqualTo(sent.get(1));
    assertThat(sent.get(2)).isNotEqualTo(sent.get(0));
  }

  @Test
  void aFacetOfPricesHasARangeForEachBand() throws Exception {
    engine.answer(
        "/_search",
        new EngineStub.Answer(
            200,
            EngineStub.NO_HITS
                .body()
                .strip()
                .replaceFirst(
                    "}$",
                    ",\"aggregations\":{\"0\":{\"doc_count\":0,\"counts\":{\"buckets\":["
                        + "{\"doc_count\":1},{\"doc_count\":2}]}}}}")));

    index.search(
        Plans.plan(
            new TextMatch.All(),
            Ranking.NONE,
            List.of(),
            List.of(new FacetRequest.Prices(List.of(new BigDecimal("49.90")))),
            null));

    assertThat(json(engine.asked().get(0).body()).at("/aggs/0/aggs/counts/range"))
        .isEqualTo(json("{\"field\":\"price\",\"ranges\":[{\"to\":49.9},{\"from\":49.9}]}"));
  }
}
