package com.techcorp.testkit.relevance;

import com.techcorp.search.IndexOptions.Language;
import com.techcorp.search.ProductDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** A line of {@code queries.txt}. */
record QueryLine(QueryKind kind, Language language, String text, List<GradeRule> rules) {

  static QueryLine parse(String line) {
    List<String> parts = List.of(line.split(" \\| "));
    if (parts.size() < 3) {
      throw new IllegalArgumentException("not kind | language | text: " + line);
    }
    return new QueryLine(
        QueryKind.parse(parts.get(0)),
        Language.valueOf(parts.get(1).toUpperCase(Locale.ROOT)),
        parts.get(2),
        parts.subList(3, parts.size()).stream().map(GradeRule::parse).toList());
  }

  /** Returns the query with the grade that each product gets from the first rule that it meets. */
  JudgedQuery judge(List<ProductDocument> products) {
    Map<UUID, Integer> grades = new HashMap<>();
    int[] uses = new int[rules.size()];
    for (ProductDocument product : products) {
      for (int i = 0; i < uses.length; i++) {
        GradeRule rule = rules.get(i);
        if (rule.conditions().test(product)) {
          grades.put(product.id(), rule.grade());
          uses[i]++;
          break;
        }
      }
    }
    for (int i = 0; i < uses.length; i++) {
      if (uses[i] == 0) { // a slip of the pen, or the catalogue has changed
        throw new IllegalStateException("rule " + (i + 1) + " of '" + text + "' grades no product");
      }
    }
    return new JudgedQuery(kind, language, text, grades);
  }
}
