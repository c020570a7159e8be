package com.techcorp.search.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.ProductField;
import com.techcorp.search.RuleBoost;
import com.techcorp.search.RuleCondition;
import com.techcorp.search.SearchRule;
import com.techcorp.search.SearchRules;
import com.techcorp.search.spi.FilterClause;
import com.techcorp.search.spi.Ranking.Boost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RuleSetTest {
  private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
  private static final Duration TICK = Duration.ofNanos(1);
  private static final RuleCondition ALWAYS = RuleCondition.ALWAYS;

  private static UUID product(int number) {
    return new UUID(0, number);
  }

  private static RuleSet set(SearchRule... rules) {
    return new RuleSet(new SearchRules.Contents(1, List.of(), List.of(rules)));
  }

  private static Curation curation(RuleSet rules, String text) {
    return rules.curation(Set.of(QueryText.canonical(text)), Set.of(), NOW);
  }

  private static boolean applies(RuleCondition condition, String text) {
    return !curation(set(SearchRule.of("r", condition).withHidden(product(1))), text)
        .hidden()
        .isEmpty();
  }

  @Test
  void aTextEqualsTheWordsOfARule() {
    RuleCondition gift = ALWAYS.whenTextEquals("Gift-Card");

    assertThat(applies(gift, "gift card")).isTrue();
    assertThat(applies(gift, " GÍFT  card!")).isTrue();
    assertThat(applies(gift, "a gift card")).isFalse();
    assertThat(applies(gift, "gift card red")).isFalse();
    assertThat(applies(gift, "card gift")).isFalse();
    assertThat(applies(gift, "")).isFalse();
  }

  @Test
  void aTextContainsTheWordsOfARule() {
    RuleCondition gift = ALWAYS.whenTextContains("gift card");

    assertThat(applies(gift, "gift card")).isTrue();
    assertThat(applies(gift, "a gift card, red")).isTrue();
    assertThat(applies(gift, "card gift")).isFalse();
    assertThat(applies(gift, "gift red card")).isFalse();
    assertThat(applies(gift, "gift cardigan")).isFalse();
    assertThat(applies(gift, "")).isFalse();
  }

  @Test
  void aRuleWithoutATextAppliesToAny() {
    assertThat(applies(ALWAYS, "")).isTrue();
    assertThat(applies(ALWAYS, "mug")).isTrue();
  }

  @Test
  void aRuleAppliesToWhatIsTypedAndToWhatStandsForIt() {
    // given: a rule for the corrected word
    RuleSet rules = set(SearchRule.of("r", ALWAYS.whenTextEquals("shirt")).withPinned(product(1)));

    // then
    assertThat(rules.curation(List.of("shrit", "shirt"), Set.of(), NOW).pinned())
        .containsExactly(product(1));
    assertThat(rules.curation(List.of("shirt", ""), Set.of(), NOW).pinned())
        .containsExactly(product(1));
  }

  @Test
  void aCategoryIsOneOfThoseThatTheQueryChooses() {
    RuleSet rules = set(SearchRule.of("r", ALWAYS.inCategory("mugs")).withPinned(product(1)));

    assertThat(rules.curation(Set.of("x"), Set.of("mugs", "shirts"), NOW).pinned()).hasSize(1);
    assertThat(rules.curation(Set.of("x"), Set.of("Mugs"), NOW).pinned()).isEmpty();
    assertThat(rules.curation(Set.of("x"), Set.of(), NOW).pinned()).isEmpty();
  }

  @Test
  void allPartsOfAConditionHoldTogether() {
    RuleCondition both = ALWAYS.whenTextEquals("mug").inCategory("mugs");
    RuleSet rules = set(SearchRule.of("r", both).withPinned(product(1)));

    assertThat(rules.curation(Set.of("mug"), Set.of("mugs"), NOW).pinned()).hasSize(1);
    assertThat(rules.curation(Set.of("mug"), Set.of("cups"), NOW).pinned()).isEmpty();
    assertThat(rules.curation(Set.of("cup"), Set.of("mugs"), NOW).pinned()).isEmpty();
  }

  @Test
  void aPeriodIncludesItsBeginningAndNotItsEnd() {
    Instant end = NOW.plusSeconds(60);
    RuleSet rules = set(SearchRule.of("r", ALWAYS.between(NOW, end)).withHidden(product(1)));

    assertThat(rules.curation(Set.of(), Set.of(), NOW.minus(TICK)).hidden()).isEmpty();
    assertThat(rules.curation(Set.of(), Set.of(), NOW).hidden()).hasSize(1);
    assertThat(rules.curation(Set.of(), Set.of(), end.minus(TICK)).hidden()).hasSize(1);
    assertThat(rules.curation(Set.of(), Set.of(), end).hidden()).isEmpty();
  }

  @Test
  void knowsWhenAPeriodBeginsOrEnds() {
    Instant end = NOW.plusSeconds(60);
    RuleSet rules = set(SearchRule.of("a", ALWAYS), SearchRule.of("b", ALWAYS.between(NOW, end)));

    assertThat(rules.changesBetween(NOW.minusSeconds(1), NOW.minus(TICK))).isFalse();
    assertThat(rules.changesBetween(NOW.minus(TICK), NOW)).isTrue();
    assertThat(rules.changesBetween(NOW, end.minus(TICK))).isFalse();
    assertThat(rules.changesBetween(end.minus(TICK), end.plusSeconds(1))).isTrue();
    assertThat(rules.changesBetween(end, end.plusSeconds(1))).isFalse();
  }

  @Test
  void severalRulesActInTheOrderOfTheirNames() {
    // given: rules that name the same products, given out of order
    RuleSet rules =
        set(
            SearchRule.of("b", ALWAYS.whenTextContains("mug")).withPinned(product(1), product(2)),
            SearchRule.of("c", ALWAYS).withHidden(product(3), product(1)),
            SearchRule.of("a", ALWAYS).withPinned(product(2), product(3), product(4)));

    // when
    Curation curation = curation(rules, "red mug");

    // then: what is hidden is not pinned, and two are pinned whatever the text is
    assertThat(curation)
        .isEqualTo(
            new Curation(
                List.of(product(2), product(4)), 2, List.of(product(1), product(3)), List.of()));
  }

  @Test
  void aRulePinsForItsTextAndOthersForAny() {
    RuleSet rules =
        set(
            SearchRule.of("a", ALWAYS.whenTextEquals("mug")).withPinned(product(1)),
            SearchRule.of("b", ALWAYS).withPinned(product(1), product(2)));

    assertThat(curation(rules, "mug").pinnedForAnyText()).isEqualTo(1);
    assertThat(curation(rules, "cup").pinnedForAnyText()).isEqualTo(2);
  }

  @Test
  void boostsNameProductsOrAValue() {
    RuleSet rules =
        set(
            SearchRule.of("r", ALWAYS)
                .withBoost(new RuleBoost.Products(List.of(product(1)), 2))
                .withBoost(new RuleBoost.Value(ProductField.BRAND, "basics", 0.5)));

    assertThat(curation(rules, "mug").boosts())
        .containsExactly(
            new Boost(new FilterClause.AnyOf(List.of(product(1))), 2),
            new Boost(
                new FilterClause.AnyValue(ProductField.BRAND, new TreeSet<>(Set.of("basics"))),
                0.5f));
  }

  @Test
  void aPageHasOnlySoManyPinsAndBoosts() {
    // given: more of both than one rule may have
    List<SearchRule> many = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      many.add(
          SearchRule.of("rule " + (10 + i), ALWAYS)
              .withPinned(product(i))
              .withHidden(product(100 + i))
              .withBoost(new RuleBoost.Products(List.of(product(i)), 2)));
    }

    // when
    Curation curation = curation(set(many.toArray(SearchRule[]::new)), "mug");

    // then: the first ones act, and nothing that is hidden is shown
    assertThat(curation.pinned())
        .hasSize(SearchRule.MAX_PINNED)
        .startsWith(product(0), product(1))
        .endsWith(product(19));
    assertThat(curation.boosts()).hasSize(SearchRule.MAX_BOOSTS);
    assertThat(curation.hidden()).hasSize(30);
  }

  @Test
  void withoutRulesNothingIsDecided() {
    assertThat(curation(RuleSet.NONE, "mug")).isEqualTo(Curation.NONE);
    assertThat(RuleSet.NONE.changesBetween(Instant.MIN, Instant.MAX)).isFalse();
  }
}
