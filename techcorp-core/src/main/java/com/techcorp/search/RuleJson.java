package com.techcorp.search;

import com.techcorp.error.InvalidInputException;
import com.techcorp.json.JsonObject;
import com.techcorp.search.RuleCondition.Comparison;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes synonyms and rules as JSON, and reads them back. */
public final class RuleJson {
  private RuleJson() {}

  /**
   * Returns a synonym as JSON: {@code name}, and {@code phrases} or {@code from} and {@code to}.
   *
   * @param synonym the synonym
   * @return one line
   */
  public static String write(Synonym synonym) {
    JsonObject.Builder json = JsonObject.builder().put("name", synonym.name());
    if (synonym instanceof Synonym.TwoWay both) {
      json.putTexts("phrases", both.phrases());
    } else if (synonym instanceof Synonym.OneWay one) {
      json.put("from", one.from()).putTexts("to", one.to());
    }
    return json.build().toString();
  }

  /**
   * Reads a synonym that {@link #write(Synonym)} wrote.
   *
   * @param text the JSON
   * @return the synonym
   * @throws InvalidInputException if it is no synonym
   */
  public static Synonym synonym(String text) {
    return read(
        "synonym",
        text,
        json ->
            json.containsKey("phrases")
                ? new Synonym.TwoWay(json.text("name"), texts(json, "phrases"))
                : new Synonym.OneWay(json.text("name"), json.text("from"), texts(json, "to")));
  }

  /**
   * Returns a rule as JSON, with the record's names; what is empty is left out.
   *
   * @param rule the rule
   * @return one line
   */
  public static String write(SearchRule rule) {
    JsonObject.Builder json =
        JsonObject.builder().put("name", rule.name()).put("condition", condition(rule.condition()));
    putIds(json, "pinned", rule.pinned());
    putIds(json, "hidden", rule.hidden());
    if (!rule.boosts().isEmpty()) {
      json.putObjects("boosts", rule.boosts().stream().map(RuleJson::boost).toList());
    }
    return json.build().toString();
  }

  /**
   * Reads a rule that {@link #write(SearchRule)} wrote.
   *
   * @param text the JSON
   * @return the rule
   * @throws InvalidInputException if it is no rule
   */
  public static SearchRule rule(String text) {
    return read(
        "rule",
        text,
        json ->
            new SearchRule(
                json.text("name"),
                json.get("condition") instanceof JsonObject condition
                    ? condition(condition)
                    : RuleCondition.ALWAYS,
                ids(json, "pinned"),
                ids(json, "hidden"),
                json.containsKey("boosts")
                    ? json.objects("boosts").stream().map(RuleJson::boost).toList()
                    : List.of()));
  }

  private static JsonObject condition(RuleCondition condition) {
    JsonObject.Builder json = JsonObject.builder();
    if (condition.comparison() != Comparison.NONE) {
      json.put("text_" + condition.comparison().name().toLowerCase(Locale.ROOT), condition.text());
    }
    if (condition.category() != null) {
      json.put("category", condition.category());
    }
    if (condition.from() != null) {
      json.put("from", condition.from().toString());
    }
    if (condition.to() != null) {
      json.put("to", condition.to().toString());
    }
    return json.build();
  }

  private static RuleCondition condition(JsonObject json) {
    RuleCondition condition = RuleCondition.ALWAYS;
    if (json.containsKey("text_equals")) {
      condition = condition.whenTextEquals(json.text("text_equals"));
    } else if (json.containsKey("text_contains")) {
      condition = condition.whenTextContains(json.text("text_contains"));
    }
    if (json.containsKey("category")) {
      condition = condition.inCategory(json.text("category"));
    }
    return condition.between(time(json, "from"), time(json, "to"));
  }

  private static @Nullable Instant time(JsonObject json, String field) {
    return json.containsKey(field) ? Instant.parse(json.text(field)) : null;
  }

  private static JsonObject boost(RuleBoost boost) {
    JsonObject.Builder json = JsonObject.builder();
    if (boost instanceof RuleBoost.Products some) {
      putIds(json, "products", some.products());
    } else if (boost instanceof RuleBoost.Value value) {
      json.put("field", value.field().name()).put("value", value.value());
    }
    return json.put("factor", BigDecimal.valueOf(boost.factor())).build();
  }

  private static RuleBoost boost(JsonObject json) {
    if (!(json.get("factor") instanceof Number factor)) {
      throw new IllegalArgumentException("the field factor is not a number");
    }
    return json.containsKey("products")
        ? new RuleBoost.Products(ids(json, "products"), factor.doubleValue())
        : new RuleBoost.Value(
            ProductField.of(json.text("field")), json.text("value"), factor.doubleValue());
  }

  private static void putIds(JsonObject.Builder json, String field, List<UUID> ids) {
    if (!ids.isEmpty()) {
      json.putTexts(field, ids.stream().map(UUID::toString).toList());
    }
  }

  private static List<UUID> ids(JsonObject json, String field) {
    return json.containsKey(field)
        ? texts(json, field).stream().map(UUID::fromString).toList()
        : List.of();
  }

  private static List<String> texts(JsonObject json, String field) {
    List<String> texts = new ArrayList<>();
    if (json.get(field) instanceof List<?> elements) {
      for (Object element : elements) {
        if (!(element instanceof String text)) {
          throw new IllegalArgumentException("the field " + field + " is not a list of texts");
        }
        texts.add(text);
      }
      return texts;
    }
    throw new IllegalArgumentException("the field " + field + " is not a list of texts");
  }

  /** A message may quote the text: it is an operator's, not a shopper's. */
  private static <T> T read(String what, String text, Function<JsonObject, T> made) {
    try {
      return made.apply(JsonObject.parse(text));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new InvalidInputException(what, String.valueOf(e.getMessage()));
    }
  }
}
