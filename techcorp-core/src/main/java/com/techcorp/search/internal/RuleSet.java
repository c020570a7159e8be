package com.techcorp.search.internal;

import com.techcorp.search.RuleBoost;
import com.techcorp.search.RuleCondition;
import com.techcorp.search.RuleCondition.Comparison;
import com.techcorp.search.SearchRule;
import com.techcorp.search.SearchRules;
import com.techcorp.search.spi.FilterClause;
import com.techcorp.search.spi.Ranking.Boost;
import com.techcorp.search.spi.TextMatch.Variant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The synonyms and rules of one moment, made ready for queries. What a query costs depends on its
 * words, hardly on how many rules there are. Immutable and pure.
 */
public final class RuleSet {
  /** Neither synonyms nor rules. */
  public static final RuleSet NONE = new RuleSet(NoRules.INSTANCE.contents());

  private final TextVariants variants;
  private final List<SearchRule> rules;
  private final List<SearchRule> forAnyText;
  private final PhraseIndex<SearchRule> byText = new PhraseIndex<>();

  /** Makes synonyms and rules ready. */
  RuleSet(SearchRules.Contents contents) {
    variants = new TextVariants(contents.synonyms());
    rules = contents.rules();
    forAnyText = rules.stream().filter(RuleSet::isForAnyText).toList();
    for (SearchRule rule : rules) {
      if (!isForAnyText(rule)) {
        byText.add(QueryText.foldedWords(QueryText.canonical(rule.condition().text())), rule);
      }
    }
  }

  private static boolean isForAnyText(SearchRule rule) {
    return rule.condition().comparison() == Comparison.NONE;
  }

  /**
   * Returns the ways to say a text.
   *
   * @param text a canonical text
   * @return the text itself first; a few others by its synonyms
   */
  List<Variant> variants(String text) {
    return variants.of(text);
  }

  /**
   * Decides about a query.
   *
   * @param texts the canonical texts that it may be known by: as typed, and what stands for it
   * @param categories those that it chooses
   * @param now the time
   */
  Curation curation(Collection<String> texts, Set<String> categories, Instant now) {
    if (rules.isEmpty()) {
      return Curation.NONE;
    }
    List<SearchRule> applying =
        Stream.concat(forAnyText.stream(), texts.stream().flatMap(this::rulesFor))
            .filter(rule -> isChosen(rule.condition(), categories))
            .filter(rule -> rule.condition().isInPeriod(now))
            .distinct()
            .sorted(Comparator.comparing(SearchRule::name))
            .toList();
    return applying.isEmpty() ? Curation.NONE : together(applying);
  }

  private Stream<SearchRule> rulesFor(String text) {
    List<String> words = QueryText.foldedWords(text);
    return byText.in(words).stream()
        .filter(
            found ->
                found.value().condition().comparison() == Comparison.CONTAINS
                    || found.length() == words.size())
        .map(PhraseIndex.Occurrence::value);
  }

  private static boolean isChosen(RuleCondition condition, Set<String> categories) {
    return condition.category() == null || categories.contains(condition.category());
  }

  private static Curation together(List<SearchRule> applying) {
    Set<UUID> hidden = new TreeSet<>(Comparator.comparing(UUID::toString));
    applying.forEach(rule -> hidden.addAll(rule.hidden()));
    Set<UUID> pinned = new LinkedHashSet<>();
    int forAnyText = 0;
    List<Boost> boosts = new ArrayList<>();
    for (SearchRule rule : applying) {
      for (UUID product : rule.pinned()) {
        boolean isNew =
            pinned.size() < SearchRule.MAX_PINNED
                && !hidden.contains(product)
                && pinned.add(product);
        forAnyText += isNew && isForAnyText(rule) ? 1 : 0;
      }
      rule.boosts().stream()
          .limit(SearchRule.MAX_BOOSTS - boosts.size())
          .map(RuleSet::boost)
          .forEach(boosts::add);
    }
    return new Curation(List.copyOf(pinned), forAnyText, List.copyOf(hidden), boosts);
  }

  private static Boost boost(RuleBoost boost) {
    FilterClause products =
        boost instanceof RuleBoost.Value value
            ? new FilterClause.AnyValue(value.field(), new TreeSet<>(Set.of(value.value())))
            : new FilterClause.AnyOf(((RuleBoost.Products) boost).products());
    return new Boost(products, (float) boost.factor());
  }

  /**
   * Returns whether a rule begins or ends to apply in a stretch of time.
   *
   * @param after excluded
   * @param until included
   */
  boolean changesBetween(Instant after, Instant until) {
    return rules.stream()
        .map(SearchRule::condition)
        .flatMap(condition -> Stream.of(condition.from(), condition.to()))
        .filter(Objects::nonNull)
        .anyMatch(edge -> edge.isAfter(after) && !edge.isAfter(until));
  }
}
