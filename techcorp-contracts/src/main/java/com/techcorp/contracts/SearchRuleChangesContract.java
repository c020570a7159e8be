package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.InvalidInputException;
import com.techcorp.search.ProductField;
import com.techcorp.search.RuleBoost;
import com.techcorp.search.RuleCondition;
import com.techcorp.search.SearchRule;
import com.techcorp.search.SearchRules;
import com.techcorp.search.Synonym;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is put is read as it was put, and every change has a version of its own. */
public abstract class SearchRuleChangesContract extends Contract<SearchRulesUnderTest> {
  private static final UUID SHIRT = UUID.fromString("018d0c1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f");
  private static final UUID MUG = UUID.fromString("f18d0c1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f");

  private static final Synonym TEES = Synonym.twoWay("tees", "T-Shirt", "camiseta básica");
  private static final Synonym SHOES = Synonym.oneWay("shoes", "shoes", "sneakers", "boots");

  private static final SearchRule CHRISTMAS =
      new SearchRule(
          "christmas",
          RuleCondition.ALWAYS
              .whenTextContains("gift \"card\" 🎁")
              .inCategory("gifts & more")
              .between(
                  Instant.parse("2026-12-01T00:00:00.000000001Z"),
                  Instant.parse("2027-01-07T00:00:00Z")),
          List.of(MUG, SHIRT),
          List.of(new UUID(1, 2)),
          List.of(
              new RuleBoost.Value(ProductField.attribute("color"), "red", 1.25),
              new RuleBoost.Products(List.of(SHIRT), 2)));

  /** For subclasses. */
  protected SearchRuleChangesContract() {}

  private SearchRules rules() {
    return adapter().rules();
  }

  private static SearchRule rule(String name) {
    return SearchRule.of(name, RuleCondition.ALWAYS).withPinned(SHIRT);
  }

  @Test
  void haveVersionZeroUntilSomethingIsPut() {
    assertThat(rules().version()).isZero();
    assertThat(rules().contents()).isEqualTo(new SearchRules.Contents(0, List.of(), List.of()));
  }

  @Test
  void areReadAsTheyWerePutSortedByName() {
    // when
    rules().put(TEES);
    rules().put(SHOES);
    rules().put(CHRISTMAS);
    rules().put(rule("always"));

    // then
    SearchRules.Contents read = rules().contents();
    assertThat(read.synonyms()).containsExactly(SHOES, TEES);
    assertThat(read.rules()).containsExactly(rule("always"), CHRISTMAS);
    assertThat(read.version()).isEqualTo(rules().version());
  }

  @Test
  void replaceTheOneOfTheSameNameAndKind() {
    // given: a synonym and a rule of one name
    rules().put(Synonym.twoWay("x", "a", "b"));
    rules().put(rule("x"));

    // when
    rules().put(Synonym.oneWay("x", "a", "c"));

    // then
    assertThat(rules().contents().synonyms()).containsExactly(Synonym.oneWay("x", "a", "c"));
    assertThat(rules().contents().rules()).containsExactly(rule("x"));
  }

  @Test
  void haveANewVersionAfterEachChange() {
    rules().put(TEES);
    long put = rules().version();
    rules().put(CHRISTMAS);
    long second = rules().version();
    rules().put(Synonym.oneWay("tees", "tee", "t-shirt"));
    long replaced = rules().version();
    assertThat(rules().removeRule("christmas")).isTrue();
    long removed = rules().version();
    assertThat(rules().removeSynonym("tees")).isTrue();
    long empty = rules().version();

    assertThat(List.of(0L, put, second, replaced, removed, empty))
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(rules().contents()).isEqualTo(new SearchRules.Contents(empty, List.of(), List.of()));
  }

  @Test
  void changeNothingIfThereIsNothingToRemove() {
    rules().put(TEES);
    long before = rules().version();

    assertThat(rules().removeSynonym("shoes")).isFalse();
    assertThat(rules().removeRule("tees")).isFalse();

    assertThat(rules().version()).isEqualTo(before);
    assertThat(rules().contents().synonyms()).containsExactly(TEES);
  }

  @Test
  void areBounded() {
    // given: as many rules as are kept, and a synonym, which does not count among them
    rules().put(SHOES);
    for (int i = 0; i < SearchRules.MAX_RULES; i++) {
      rules().put(rule("rule " + i));
    }
    long before = rules().version();

    // when, then
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> rules().put(rule("one more")))
        .withMessage("rules: there must be at most " + SearchRules.MAX_RULES);
    assertThat(rules().version()).isEqualTo(before);

    // then: one of them may still be replaced, and there is room for synonyms
    rules().put(rule("rule 7").withHidden(MUG));
    rules().put(TEES);
    assertThat(rules().contents().rules()).hasSize(SearchRules.MAX_RULES);
  }

  @Test
  void keepAllThatIsPutAtOnce() throws Exception {
    Threads.together(
        4,
        i ->
            () -> {
              for (int n = 0; n < 5; n++) {
                rules().put(rule(i + "-" + n));
              }
              return true;
            });

    assertThat(rules().contents().rules()).hasSize(20);
    assertThat(rules().version()).isGreaterThanOrEqualTo(20);
  }
}
