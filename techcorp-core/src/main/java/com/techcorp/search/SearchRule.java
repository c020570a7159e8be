package com.techcorp.search;

import com.techcorp.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What a merchandiser decides about some queries: which products come first, which are not shown,
 * and which rank higher. Immutable; each {@code with} method returns a changed copy.
 *
 * <pre>{@code
 * SearchRule.of("gifts", RuleCondition.ALWAYS.whenTextEquals("gift"))
 *     .withPinned(giftCard, giftBox)
 *     .withHidden(discontinued)
 *     .withBoost(new RuleBoost.Value(ProductField.BRAND, "techcorp-basics", 1.5))
 * }</pre>
 *
 * <p>Of several rules that apply, those with the lower names act first. A product that one of them
 * hides is hidden, also if another one pins it. At most {@link #MAX_PINNED} products are pinned and
 * {@link #MAX_BOOSTS} boosts apply on one page; the first ones do. Pinned products come first where
 * hits are sorted by relevance or popularity; they match whatever the text is, and obey the query's
 * filters. Boosts count in the same orders, hiding in all.
 *
 * @param name what it is known by, 1 to 100 characters: a rule replaces the one of the same name
 * @param condition when it applies
 * @param pinned the products that come first, in this order; at most {@link #MAX_PINNED}
 * @param hidden the products that are not found; at most {@link #MAX_HIDDEN}
 * @param boosts what ranks higher or lower; at most {@link #MAX_BOOSTS}
 */
public record SearchRule(
    String name,
    RuleCondition condition,
    List<UUID> pinned,
    List<UUID> hidden,
    List<RuleBoost> boosts) {
  /** The most products that one rule pins, and that are pinned on one page. */
  public static final int MAX_PINNED = 20;

  /** The most products that one rule hides. */
  public static final int MAX_HIDDEN = 100;

  /** The most boosts of one rule, and on one page. */
  public static final int MAX_BOOSTS = 6;

  /**
   * Makes unmodifiable copies.
   *
   * @throws InvalidInputException names the field and its limit
   */
  public SearchRule {
    RuleLimits.name(name);
    Objects.requireNonNull(condition, "condition");
    pinned = RuleLimits.distinct("pinned", pinned, 0, MAX_PINNED);
    hidden = RuleLimits.distinct("hidden", hidden, 0, MAX_HIDDEN);
    boosts = RuleLimits.distinct("boosts", boosts, 0, MAX_BOOSTS);
    if (pinned.stream().anyMatch(hidden::contains)) {
      throw new InvalidInputException("hidden", "a product is pinned or hidden, not both");
    }
  }

  /**
   * Returns a rule that does nothing yet.
   *
   * @param name what it is known by
   * @param condition when it applies
   * @return the rule
   * @throws InvalidInputException names the field and its limit
   */
  public static SearchRule of(String name, RuleCondition condition) {
    return new SearchRule(name, condition, List.of(), List.of(), List.of());
  }

  /**
   * Returns the rule with other products that come first.
   *
   * @param products in this order
   * @return a changed copy
   */
  public SearchRule withPinned(UUID... products) {
    return new SearchRule(name, condition, List.of(products), hidden, boosts);
  }

  /**
   * Returns the rule with other products that are not found.
   *
   * @param products in any order
   * @return a changed copy
   */
  public SearchRule withHidden(UUID... products) {
    return new SearchRule(name, condition, pinned, List.of(products), boosts);
  }

  /**
   * Returns the rule with one more boost.
   *
   * @param boost what ranks higher or lower
   * @return a changed copy
   */
  public SearchRule withBoost(RuleBoost boost) {
    List<RuleBoost> more = new ArrayList<>(boosts);
    more.add(boost);
    return new SearchRule(name, condition, pinned, hidden, more);
  }
}
