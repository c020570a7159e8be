package com.techcorp.search;

import com.techcorp.error.InvalidInputException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a rule applies. All of its parts hold together. Immutable; each method that adds a part
 * returns a changed copy.
 *
 * <pre>{@code
 * RuleCondition.ALWAYS.whenTextContains("christmas").between(firstOfAdvent, epiphany)
 * }</pre>
 *
 * @param comparison how the text of the query is compared
 * @param text the words that it is compared with, as those of a {@link Synonym}; empty with {@link
 *     Comparison#NONE}
 * @param category one of the categories that the query chooses; null: whatever it chooses
 * @param from the beginning of the period, included; null: it has always begun
 * @param to the end of the period, excluded; null: it never ends
 */
public record RuleCondition(
    Comparison comparison,
    String text,
    @Nullable String category,
    @Nullable Instant from,
    @Nullable Instant to) {
  /** Every query, at any time. */
  public static final RuleCondition ALWAYS =
      new RuleCondition(Comparison.NONE, "", null, null, null);

  /** How the text of a query is compared with the words of a rule. */
  public enum Comparison {
    /** Not at all: any text will do. */
    NONE,
    /** It consists of the words, and no others. */
    EQUALS,
    /** It has the words in this order and next to each other. */
    CONTAINS
  }

  /**
   * Refuses what makes no sense.
   *
   * @throws InvalidInputException names the field and its limit
   */
  public RuleCondition {
    Objects.requireNonNull(comparison, "comparison");
    if (comparison != Comparison.NONE) {
      RuleLimits.phrase("text", text);
    } else if (!text.isEmpty()) {
      throw new InvalidInputException("text", "it must be empty if it is not compared");
    }
    if (category != null) {
      RuleLimits.value("category", category);
    }
    if (from != null && to != null && !from.isBefore(to)) {
      throw new InvalidInputException("to", "the period must end after it begins");
    }
  }

  /**
   * Adds that the text of the query consists of these words.
   *
   * @param words 1 to 8 words, at most 100 characters
   * @return a changed copy
   */
  public RuleCondition whenTextEquals(String words) {
    return new RuleCondition(Comparison.EQUALS, words, category, from, to);
  }

  /**
   * Adds that the text of the query has these words in this order and next to each other.
   *
   * @param words 1 to 8 words, at most 100 characters
   * @return a changed copy
   */
  public RuleCondition whenTextContains(String words) {
    return new RuleCondition(Comparison.CONTAINS, words, category, from, to);
  }

  /**
   * Adds that the query chooses a category, alone or beside others.
   *
   * @param chosen exactly as the products have it
   * @return a changed copy
   */
  public RuleCondition inCategory(String chosen) {
    return new RuleCondition(comparison, text, chosen, from, to);
  }

  /**
   * Adds a period.
   *
   * @param begin included; null: it has always begun
   * @param end excluded; null: it never ends
   * @return a changed copy
   */
  public RuleCondition between(@Nullable Instant begin, @Nullable Instant end) {
    return new RuleCondition(comparison, text, category, begin, end);
  }

  /**
   * Returns whether the period includes a time.
   *
   * @param time the time
   * @return true from the beginning on, and no more at the end
   */
  public boolean isInPeriod(Instant time) {
    return (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
  }
}
