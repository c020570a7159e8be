package com.techcorp.testkit.relevance;

import com.techcorp.search.ProductDocument;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Gives a grade to products that meet conditions. It is read from a text such as {@code 3 t-shirts,
 * color=blue}; {@code queries.txt} says what the conditions are.
 */
record GradeRule(int grade, Predicate<ProductDocument> conditions) {
  private static final Pattern TEXT = Pattern.compile("([1-3]) (.+)");

  static GradeRule parse(String text) {
    var matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no grade and conditions: " + text);
    }
    Predicate<ProductDocument> all =
        List.of(matcher.group(2).split(", ")).stream()
            .map(GradeRule::condition)
            .reduce(product -> true, Predicate::and);
    return new GradeRule(Integer.parseInt(matcher.group(1)), all);
  }

  private static Predicate<ProductDocument> condition(String text) {
    if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
      Pattern title = Pattern.compile(text.substring(1, text.length() - 1));
      return product -> title.matcher(product.title()).find();
    }
    int equals = text.indexOf('=');
    if (equals > 0) {
      String attribute = text.substring(0, equals);
      String value = text.substring(equals + 1);
      return product -> product.attributes().getOrDefault(attribute, List.of()).contains(value);
    }
    return product -> product.category().filter(text::equals).isPresent();
  }
}
