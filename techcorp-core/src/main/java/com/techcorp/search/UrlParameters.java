package com.techcorp.search;

import com.techcorp.error.InvalidInputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads queries from the parameters of URLs. */
public final class UrlParameters {
  /** More digits are no price; a number of a million digits would take seconds to read. */
  private static final int MAX_NUMBER = 40;

  private static final String ATTRIBUTES = "attributes.";

  private final Map<String, List<String>> parameters;

  private UrlParameters(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /**
   * Returns a builder with what a URL's parameters ask for: {@code q}, {@code in_stock}, {@code
   * price_min}, {@code price_max}, {@code category}, {@code brand}, {@code attributes.<name>},
   * {@code facet}, {@code price_facet}, {@code sort}, {@code size}, {@code cursor}, {@code
   * snapshot}, {@code highlight}. The audience and the shopper are the host's to say, and never
   * come from a URL.
   *
   * @param parameters decoded values by name, as a servlet or a gateway gives them; parameters that
   *     are not named above are left alone
   * @return a builder, for what the host adds
   * @throws InvalidQueryException if a value makes no sense
   */
  public static SearchQuery.Builder read(Map<String, List<String>> parameters) {
    return new UrlParameters(parameters).query();
  }

  private SearchQuery.Builder query() {
    SearchQuery.Builder query = SearchQuery.builder();
    String text = one("q");
    if (text != null) {
      query.text(text);
    }
    filters(query);
    facets(query);
    String sort = one("sort");
    if (sort != null) {
      query.sort(order(sort));
    }
    String size = one("size");
    if (size != null) {
      query.size(wholeNumber("size", size));
    }
    return query
        .cursor(one("cursor"))
        .snapshot(flag("snapshot", false))
        .highlights(flag("highlight", false));
  }

  private void filters(SearchQuery.Builder query) {
    if (one("in_stock") != null) {
      query.inStock(flag("in_stock", false));
    }
    BigDecimal from = price("price_min");
    BigDecimal to = price("price_max");
    if (from != null || to != null) {
      query.price(new PriceRange(from, to));
    }
    parameters.forEach(
        (name, values) -> {
          if (isField(name)) {
            query.filter(field(name, name), values.toArray(String[]::new));
          }
        });
  }

  private void facets(SearchQuery.Builder query) {
    for (String name : parameters.getOrDefault("facet", List.of())) {
      query.facet(new FacetRequest.Values(field("facet", name)));
    }
    List<BigDecimal> bounds = new ArrayList<>();
    for (String bound : parameters.getOrDefault("price_facet", List.of())) {
      bounds.add(number("price_facet", bound));
    }
    if (!bounds.isEmpty()) {
      query.facet(new FacetRequest.Prices(bounds));
    }
  }

  private static boolean isField(String name) {
    return name.equals(ProductField.CATEGORY.name())
        || name.equals(ProductField.BRAND.name())
        || name.startsWith(ATTRIBUTES);
  }

  private static ProductField field(String parameter, String name) {
    try {
      return ProductField.of(name);
    } catch (InvalidInputException e) {
      throw new InvalidQueryException(
          isField(parameter) ? "attributes" : parameter,
          "it must name category, brand, or an attribute by attributes.name, with a name of at most "
              + ProductField.MAX_NAME
              + " characters");
    }
  }

  private static SortOrder order(String parameter) {
    List<String> known = new ArrayList<>();
    for (SortOrder order : SortOrder.values()) {
      if (order.parameter().equals(parameter)) {
        return order;
      }
      known.add(order.parameter());
    }
    throw new InvalidQueryException("sort", "it must be one of " + String.join(", ", known));
  }

  private boolean flag(String name, boolean missing) {
    String value = one(name);
    if (value == null) {
      return missing;
    }
    if (!value.equals("true") && !value.equals("false")) {
      throw new InvalidQueryException(name, "it must be true or false");
    }
    return value.equals("true");
  }

  private @Nullable BigDecimal price(String name) {
    String value = one(name);
    return value == null ? null : number(name, value);
  }

  private static BigDecimal number(String name, String value) {
    if (value.isEmpty()
        || value.length() > MAX_NUMBER
        || !value.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))) {
      throw new InvalidQueryException(name, "it must be a number, such as 89.90");
    }
    try {
      return new BigDecimal(value);
    } catch (NumberFormatException e) {
      throw new InvalidQueryException(name, "it must be a number, such as 89.90");
    }
  }

  private static int wholeNumber(String name, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new InvalidQueryException(name, "it must be a whole number");
    }
  }

  private @Nullable String one(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new InvalidQueryException(name, "it must be given once");
    }
    return values.isEmpty() ? null : values.get(0);
  }
}
