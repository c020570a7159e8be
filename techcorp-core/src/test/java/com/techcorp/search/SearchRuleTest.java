package com.techcorp.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.InvalidInputException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Synonyms and rules: what is allowed, and their JSON. */
class SearchRuleTest {
  private static final UUID SHIRT = UUID.fromString("018d0c1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f");
  private static final UUID MUG = UUID.fromString("f18d0c1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f");
  private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

  private static SearchRule rule() {
    return SearchRule.of("r", RuleCondition.ALWAYS);
  }

  private static void refused(String field, ThrowingCallable made) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(made)
        .extracting(InvalidInputException::field)
        .isEqualTo(field);
  }

  @Test
  void phrasesHaveAWordAndNotTooMany() {
    assertThat(Synonym.oneWay("x", "1 2 3 4 5 6 7 8", "x".repeat(100)).name()).isEqualTo("x");
    refused("from", () -> Synonym.oneWay("x", "1 2 3 4 5 6 7 8 9", "y"));
    refused("from", () -> Synonym.oneWay("x", " -! ", "y"));
    refused("to[1]", () -> Synonym.oneWay("x", "a", "b", "x".repeat(101)));
    refused("phrases[0]", () -> Synonym.twoWay("x", "a\u0000", "b"));
    refused("phrases[1]", () -> Synonym.twoWay("x", "a", "b\ud83c"));
  }

  @Test
  void synonymsHaveSomePhrases() {
    refused("phrases", () -> Synonym.twoWay("x", "alone"));
    refused("phrases", () -> new Synonym.TwoWay("x", Collections.nCopies(21, "a")));
    refused("to", () -> Synonym.oneWay("x", "alone"));
    refused("name", () -> Synonym.twoWay(" ", "a", "b"));
    refused("name", () -> Synonym.twoWay("x".repeat(101), "a", "b"));
  }

  @Test
  void conditionsMakeSense() {
    refused("text", () -> RuleCondition.ALWAYS.whenTextEquals("…"));
    refused(
        "text", () -> new RuleCondition(RuleCondition.Comparison.NONE, "mug", null, null, null));
    refused("category", () -> RuleCondition.ALWAYS.inCategory(""));
    refused("to", () -> RuleCondition.ALWAYS.between(NOON, NOON));
    assertThat(RuleCondition.ALWAYS.between(null, NOON).isInPeriod(Instant.MIN)).isTrue();
  }

  @Test
  void rulesHaveOnlySoManyActions() {
    UUID[] many = LongStream.range(0, 101).mapToObj(i -> new UUID(0, i)).toArray(UUID[]::new);

    refused("pinned", () -> rule().withPinned(List.of(many).subList(0, 21).toArray(UUID[]::new)));
    refused("pinned", () -> rule().withPinned(MUG, MUG));
    refused("hidden", () -> rule().withHidden(many));
    refused("hidden", () -> rule().withPinned(MUG, SHIRT).withHidden(SHIRT));
    refused("products", () -> new RuleBoost.Products(List.of(), 2));
    refused(
        "boosts",
        () ->
            new SearchRule(
                "r",
                RuleCondition.ALWAYS,
                List.of(),
                List.of(),
                LongStream.range(0, 7)
                    .<RuleBoost>mapToObj(i -> new RuleBoost.Value(ProductField.BRAND, "b" + i, 2))
                    .toList()));
  }

  @Test
  void factorsNeitherRemoveNorTakeOver() {
    for (double factor : new double[] {0, 0.09, 10.1, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      refused("factor", () -> new RuleBoost.Value(ProductField.BRAND, "basics", factor));
    }
    assertThat(new RuleBoost.Products(List.of(MUG), 0.1).factor()).isEqualTo(0.1);
    assertThat(new RuleBoost.Products(List.of(MUG), 10).factor()).isEqualTo(10);
  }

  @Test
  void rulesAreWrittenAsJsonAndReadBack() {
    SearchRule rule =
        SearchRule.of(
                "gifts",
                RuleCondition.ALWAYS.whenTextEquals("gift").inCategory("mugs").between(NOON, null))
            .withPinned(MUG)
            .withBoost(new RuleBoost.Value(ProductField.attribute("color"), "red", 2));

    assertThat(RuleJson.write(rule))
        .isEqualTo(
            """
            {"name":"gifts","condition":{"text_equals":"gift","category":"mugs",\
            "from":"2026-12-01T12:00:00Z"},"pinned":["%s"],\
            "boosts":[{"field":"attributes.color","value":"red","factor":2.0}]}"""
                .formatted(MUG));
    assertThat(RuleJson.rule(RuleJson.write(rule))).isEqualTo(rule);
    assertThat(RuleJson.rule("{\"name\":\"r\"}")).isEqualTo(rule());
  }

  @Test
  void synonymsAreWrittenAsJsonAndReadBack() {
    Synonym both = Synonym.twoWay("tees", "tee", "t-shirt");
    Synonym one = Synonym.oneWay("shoes", "shoes", "boots");

    assertThat(RuleJson.write(both))
        .isEqualTo("{\"name\":\"tees\",\"phrases\":[\"tee\",\"t-shirt\"]}");
    assertThat(RuleJson.write(one))
        .isEqualTo("{\"name\":\"shoes\",\"from\":\"shoes\",\"to\":[\"boots\"]}");
    assertThat(
            List.of(RuleJson.synonym(RuleJson.write(both)), RuleJson.synonym(RuleJson.write(one))))
        .containsExactly(both, one);
  }

  @Test
  void whatIsNoRuleIsRefused() {
    refused("rule", () -> RuleJson.rule("no JSON"));
    refused("rule", () -> RuleJson.rule("{}"));
    refused("rule", () -> RuleJson.rule("{\"name\":\"r\",\"pinned\":[\"x\"]}"));
    refused("rule", () -> RuleJson.rule("{\"name\":\"r\",\"condition\":{\"from\":\"noon\"}}"));
    refused("synonym", () -> RuleJson.synonym("{\"name\":\"r\",\"from\":\"x\",\"to\":[1]}"));
    refused("name", () -> RuleJson.synonym("{\"name\":\"\",\"phrases\":[\"x\",\"y\"]}"));
  }
}
