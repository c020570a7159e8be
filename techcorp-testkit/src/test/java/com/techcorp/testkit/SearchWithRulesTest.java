package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.concurrent.OwnThreads;
import com.techcorp.error.UnavailableException;
import com.techcorp.health.Finding;
import com.techcorp.search.Hit;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.IndexingOptions;
import com.techcorp.search.Match;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.RuleCondition;
import com.techcorp.search.SearchOptions;
import com.techcorp.search.SearchPage;
import com.techcorp.search.SearchQuery;
import com.techcorp.search.SearchRule;
import com.techcorp.search.SearchRules;
import com.techcorp.search.SortOrder;
import com.techcorp.search.Suggestion;
import com.techcorp.search.Synonym;
import com.techcorp.search.internal.IndexWiring;
import com.techcorp.search.internal.SearchAssembly;
import com.techcorp.search.spi.SearchAnswer;
import com.techcorp.search.spi.SearchIndex;
import com.techcorp.search.spi.SearchPlan;
import com.techcorp.search.spi.TextMatch;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two processes that search one index by the same synonyms and rules. */
class SearchWithRulesTest {
  private static final String INDEX = IndexOptions.DEFAULT.name();
  private static final UUID MUG = new UUID(0, 1);
  private static final UUID SHIRT = new UUID(0, 2);
  private static final SearchRule MUG_FIRST =
      SearchRule.of("mug first", RuleCondition.ALWAYS).withPinned(MUG);

  private final SteppedClock clock = SteppedClock.create();
  private final MemoryIndexJournal journal = new MemoryIndexJournal(clock);
  private final MemorySearchRules rules = new MemorySearchRules();
  private final List<SearchPlan> plans = new ArrayList<>();
  private final SearchAssembly here = process(rules);
  private final SearchAssembly there = process(rules);

  /** How many products each search finds, one after the other. */
  private final List<Integer> totals = new ArrayList<>();

  private SearchAssembly process(SearchRules ofProcess) {
    SearchAssembly process =
        new SearchAssembly(
            new IndexWiring(
                engine(),
                journal,
                new MemoryProducts(),
                IndexOptions.DEFAULT,
                IndexingOptions.DEFAULT,
                new OwnThreads()),
            SearchOptions.DEFAULT,
            ofProcess,
            null,
            clock);
    process.open();
    return process;
  }

  /** Finds the mug and the shirt, whatever is asked, and keeps what was. */
  private SearchIndex engine() {
    return (SearchIndex)
        Proxy.newProxyInstance(
            SearchIndex.class.getClassLoader(),
            new Class<?>[] {SearchIndex.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "open", "current" -> "products-1";
                  case "copyId" -> Optional.empty();
                  case "search" -> answer((SearchPlan) arguments[0]);
                  case "suggest" ->
                      List.of(new Suggestion("Mug", MUG), new Suggestion("Shirt", SHIRT))
                          .subList(0, Math.min(2, (int) arguments[1]));
                  case "corrections" ->
                      ((Set<?>) arguments[0]).contains("shrits")
                          ? Map.of("shrits", "shirts")
                          : Map.of();
                  case "purgeTombstones" -> 0;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private SearchAnswer answer(SearchPlan plan) {
    plans.add(plan);
    int total = totals.isEmpty() ? 100 : totals.remove(0);
    return new SearchAnswer(List.of(found(MUG), found(SHIRT)), total, List.of());
  }

  private static SearchAnswer.Found found(UUID id) {
    return new SearchAnswer.Found(
        ProductDocument.builder(id, "x", new BigDecimal("5.00"), Instant.EPOCH).build(),
        List.of(1.0, 1.0, id.toString()),
        Map.of());
  }

  private static SearchPage search(SearchAssembly process, String text) {
    return process.searcher().search(SearchQuery.builder().text(text).size(2).build());
  }

  private static List<UUID> pinned(SearchPage page) {
    return page.hits().stream().filter(Hit::pinned).map(hit -> hit.product().id()).toList();
  }

  private List<TextMatch.Variant> variants() {
    return ((TextMatch.Words) plans.get(plans.size() - 1).text()).variants();
  }

  @Test
  void aChangeReachesBothProcessesAtTheirNextTick() {
    // given
    rules.put(Synonym.twoWay("tees", "tee", "t-shirt"));
    rules.put(MUG_FIRST);
    assertThat(pinned(search(there, "tee"))).isEmpty();

    // when
    there.tick();

    // then
    assertThat(pinned(search(there, "blue tee"))).containsExactly(MUG);
    assertThat(variants())
        .containsExactly(
            new TextMatch.Variant("blue tee", 1), new TextMatch.Variant("blue t-shirt", 0.9f));
    assertThat(pinned(search(here, "blue tee"))).isEmpty();
  }

  @Test
  void theGenerationMovesOnceForEachProcessThatFollowed() {
    // given: nothing was ever changed
    here.tick();
    there.tick();
    assertThat(journal.generation(INDEX)).isZero();

    // when: a page of the other process may still be made by the rules before
    rules.put(MUG_FIRST);
    here.tick();
    here.tick();
    long first = journal.generation(INDEX);
    there.tick();

    // then
    assertThat(first).isEqualTo(1);
    assertThat(journal.generation(INDEX)).isEqualTo(2);
  }

  @Test
  void aProcessEndsAtItsStartWhatWasCachedBeforeAChange() {
    rules.put(MUG_FIRST);

    SearchAssembly late = process(rules);

    assertThat(journal.generation(INDEX)).isEqualTo(1);
    assertThat(pinned(search(late, "x"))).containsExactly(MUG);
  }

  @Test
  void theGenerationMovesWhenAPeriodBeginsAndWhenItEnds() {
    // given
    Instant begin = clock.now().plusSeconds(10);
    rules.put(
        SearchRule.of("x", RuleCondition.ALWAYS.between(begin, begin.plusSeconds(10)))
            .withPinned(MUG));
    here.tick();
    long before = journal.generation(INDEX);

    // when, then
    clock.advance(Duration.ofSeconds(9));
    here.tick();
    assertThat(journal.generation(INDEX)).isEqualTo(before);
    assertThat(pinned(search(here, "x"))).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    assertThat(pinned(search(here, "x"))).containsExactly(MUG);
    here.tick();
    here.tick();
    assertThat(journal.generation(INDEX)).isEqualTo(before + 1);

    clock.advance(Duration.ofSeconds(10));
    here.tick();
    assertThat(journal.generation(INDEX)).isEqualTo(before + 2);
    assertThat(pinned(search(here, "x"))).isEmpty();
  }

  @Test
  void correctedTextsHaveTheirSynonymsAndRules() {
    // given
    rules.put(Synonym.oneWay("shirts", "shirts", "tees"));
    rules.put(SearchRule.of("r", RuleCondition.ALWAYS.whenTextEquals("shirts")).withPinned(SHIRT));
    here.tick();
    totals.addAll(List.of(0, 50));

    // when
    SearchPage page = search(here, "shrits");

    // then
    assertThat(page.match()).isEqualTo(Match.CORRECTED);
    assertThat(variants()).extracting(TextMatch.Variant::text).containsExactly("shirts", "tees");
    assertThat(pinned(page)).containsExactly(SHIRT);
  }

  @Test
  void whatIsPinnedForAnyTextDoesNotMakeEnoughHits() {
    // given: the typed text finds three products, of which one is pinned
    rules.put(MUG_FIRST);
    here.tick();
    totals.addAll(List.of(3, 3, 50));

    // when
    SearchPage page = search(here, "shrits");

    // then: the correction finds no more either, and any word does
    assertThat(plans).hasSize(3);
    assertThat(page.match()).isEqualTo(Match.ANY_WORD);
    assertThat(page.total()).isEqualTo(50);
  }

  @Test
  void otherOrdersPinNothingAndHideAllTheSame() {
    rules.put(MUG_FIRST.withHidden(SHIRT));
    here.tick();

    SearchPage page =
        here.searcher()
            .search(SearchQuery.builder().text("x").sort(SortOrder.PRICE_ASCENDING).build());

    assertThat(pinned(page)).isEmpty();
    assertThat(plans.get(0).ranking().pinned()).isEmpty();
    assertThat(plans.get(0).filters()).hasSize(1);
  }

  @Test
  void hiddenProductsAreNotSuggested() {
    rules.put(SearchRule.of("r", RuleCondition.ALWAYS).withHidden(MUG));
    here.tick();

    assertThat(here.searcher().suggest("s", 1)).containsExactly(new Suggestion("Shirt", SHIRT));
  }

  @Test
  void whileTheRulesCannotBeReadThoseOfBeforeApply() {
    // given: rules that are read once
    rules.put(MUG_FIRST);
    boolean[] away = {false};
    SearchAssembly process =
        process(
            (SearchRules)
                Proxy.newProxyInstance(
                    SearchRules.class.getClassLoader(),
                    new Class<?>[] {SearchRules.class},
                    (proxy, method, arguments) -> {
                      if (away[0]) {
                        throw new UnavailableException("the database is away", null);
                      }
                      return method.invoke(rules, arguments);
                    }));
    rules.removeRule(MUG_FIRST.name());
    away[0] = true;

    // when
    process.tick();

    // then
    assertThat(pinned(search(process, "x"))).containsExactly(MUG);
    assertThat(process.findings()).extracting(Finding::code).containsExactly("SEARCH_RULES_UNREAD");

    // when
    away[0] = false;
    process.tick();

    // then
    assertThat(pinned(search(process, "x"))).isEmpty();
    assertThat(process.findings()).isEmpty();
  }
}
