package com.techcorp.examples.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The gender and number of a Portuguese title, with which the words of its description agree. A
 * template offers the forms in brackets: two, singular and plural, or four, masculine and feminine
 * singular, then masculine and feminine plural.
 */
enum Agreement {
  @JsonProperty("m")
  MASCULINE(0, 0),
  @JsonProperty("f")
  FEMININE(0, 1),
  @JsonProperty("mp")
  MASCULINE_PLURAL(1, 2),
  @JsonProperty("fp")
  FEMININE_PLURAL(1, 3);

  private static final Pattern FORMS = Pattern.compile("\\[([^\\]]*)\\]");

  private final int ofTwo;
  private final int ofFour;

  Agreement(int ofTwo, int ofFour) {
    this.ofTwo = ofTwo;
    this.ofFour = ofFour;
  }

  /** Returns the template with each bracket replaced by the form that agrees. */
  String of(String template) {
    return FORMS.matcher(template).replaceAll(this::form);
  }

  private String form(MatchResult bracket) {
    List<String> forms = List.of(bracket.group(1).split("\\|"));
    return switch (forms.size()) {
      case 2 -> forms.get(ofTwo);
      case 4 -> forms.get(ofFour);
      default -> throw new IllegalArgumentException(bracket.group() + " has not two or four forms");
    };
  }
}
