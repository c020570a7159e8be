package com.techcorp.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a shopper asks for. Made by a builder, which may begin with a URL's parameters. Immutable
 * and thread-safe.
 *
 * <pre>{@code
 * SearchQuery.builder()
 *     .text("blue t-shirt")
 *     .inStock(true)
 *     .price(new PriceRange(new BigDecimal("50"), new BigDecimal("200")))
 *     .build();
 * }</pre>
 *
 * <p>{@link SearchLimits} are checked when it is searched with, because the searcher has them.
 */
public final class SearchQuery {
  /** The hits of a page, if the query does not say. */
  public static final int DEFAULT_SIZE = 20;

  private final String text;
  private final SearchFilters filters;
  private final List<FacetRequest> facets;
  private final SortOrder sort;
  private final int size;
  private final @Nullable String cursor;
  private final boolean snapshot;
  private final boolean highlights;
  private final String audience;
  private final String shopper;

  private SearchQuery(Builder builder) {
    this.text = builder.text;
    this.filters = builder.filters;
    this.facets = List.copyOf(builder.facets);
    this.sort = builder.sort;
    this.size = builder.size;
    this.cursor = builder.cursor;
    this.snapshot = builder.snapshot;
    this.highlights = builder.highlights;
    this.audience = builder.audience;
    this.shopper = builder.shopper;
  }

  /**
   * Returns a builder of a query that finds all products.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the words to look for.
   *
   * @return as typed; empty: all products
   */
  public String text() {
    return text;
  }

  /**
   * Returns what hits must have.
   *
   * @return the filters
   */
  public SearchFilters filters() {
    return filters;
  }

  /**
   * Returns the facets to count.
   *
   * @return in order; may be empty
   */
  public List<FacetRequest> facets() {
    return facets;
  }

  /**
   * Returns the order of hits.
   *
   * @return relevance unless it was told otherwise
   */
  public SortOrder sort() {
    return sort;
  }

  /**
   * Returns how many hits a page has.
   *
   * @return 0 or more; {@link #DEFAULT_SIZE} unless it was told otherwise
   */
  public int size() {
    return size;
  }

  /**
   * Returns the cursor that the page before gave.
   *
   * @return the cursor; empty: the first page
   */
  public Optional<String> cursor() {
    return Optional.ofNullable(cursor);
  }

  /**
   * Returns whether the following pages read the index as the first page saw it.
   *
   * @return false unless it was told otherwise
   */
  public boolean snapshot() {
    return snapshot;
  }

  /**
   * Returns whether hits have highlights.
   *
   * @return false unless it was told otherwise
   */
  public boolean highlights() {
    return highlights;
  }

  /**
   * Returns the group of customers that may share pages of a cache.
   *
   * @return such as a customer group or a price list; empty: everybody
   */
  public String audience() {
    return audience;
  }

  /**
   * Returns who asks, so that their pages come from the same copy of the index.
   *
   * @return such as a session's id; empty: nobody in particular
   */
  public String shopper() {
    return shopper;
  }

  /**
   * Returns a builder with everything that this query asks for.
   *
   * @return a builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.text = text;
    builder.filters = filters;
    builder.facets.addAll(facets);
    builder.sort = sort;
    builder.size = size;
    builder.cursor = cursor;
    builder.snapshot = snapshot;
    builder.highlights = highlights;
    builder.audience = audience;
    builder.shopper = shopper;
    return builder;
  }

  /** Collects what a query asks for. Not thread-safe. */
  public static final class Builder {
    private final List<FacetRequest> facets = new ArrayList<>();
    private String text = "";
    private SearchFilters filters = SearchFilters.NONE;
    private SortOrder sort = SortOrder.RELEVANCE;
    private int size = DEFAULT_SIZE;
    private @Nullable String cursor;
    private boolean snapshot;
    private boolean highlights;
    private String audience = "";
    private String shopper = "";

    private Builder() {}

    /**
     * Sets the words to look for. Default: none, which finds all products.
     *
     * @param words as typed
     * @return this
     */
    public Builder text(String words) {
      text = Objects.requireNonNull(words, "words");
      return this;
    }

    /**
     * Finds products by their stock. Default: whatever it is.
     *
     * @param available true: a unit is available; false: none is
     * @return this
     */
    public Builder inStock(boolean available) {
      filters = filters.withInStock(available);
      return this;
    }

    /**
     * Finds products by their price. Default: whatever it is.
     *
     * @param range where it lies
     * @return this
     */
    public Builder price(PriceRange range) {
      filters = filters.withPrice(range);
      return this;
    }

    /**
     * Finds products that have one of these values. Values of a second call for the same field are
     * added; conditions on different fields hold together.
     *
     * @param field the category, the brand or an attribute
     * @param values the values, exactly as the products have them
     * @return this
     */
    public Builder filter(ProductField field, String... values) {
      filters = filters.with(field, Arrays.asList(values));
      return this;
    }

    /**
     * Counts hits by a facet. Default: no facets.
     *
     * @param request what to count
     * @return this
     */
    public Builder facet(FacetRequest request) {
      facets.add(Objects.requireNonNull(request, "request"));
      return this;
    }

    /**
     * Sets the order of hits. Default: {@link SortOrder#RELEVANCE}.
     *
     * @param order the order
     * @return this
     */
    public Builder sort(SortOrder order) {
      sort = Objects.requireNonNull(order, "order");
      return this;
    }

    /**
     * Sets how many hits a page has. Default: {@link SearchQuery#DEFAULT_SIZE}.
     *
     * @param hits 0 (only the total and the facets) or more
     * @return this
     */
    public Builder size(int hits) {
      size = hits;
      return this;
    }

    /**
     * Asks for the page after another one. Everything else of the query must be the same.
     *
     * @param next what {@link SearchPage#next} gave; null: the first page
     * @return this
     */
    public Builder cursor(@Nullable String next) {
      cursor = next;
      return this;
    }

    /**
     * Sets whether the following pages read the index as the first page saw it, so that changes in
     * between move no hit. Such a snapshot is kept for a few minutes, and there are only so many.
     * Default: false.
     *
     * @param kept whether it is
     * @return this
     */
    public Builder snapshot(boolean kept) {
      snapshot = kept;
      return this;
    }

    /**
     * Sets whether hits have highlights. Default: false.
     *
     * @param wanted whether they have
     * @return this
     */
    public Builder highlights(boolean wanted) {
      highlights = wanted;
      return this;
    }

    /**
     * Sets the group of customers that may share pages of a cache, such as a customer group or a
     * price list. Default: everybody. Say it wherever what is shown differs between customers.
     *
     * @param group at most 100 characters
     * @return this
     */
    public Builder audience(String group) {
      audience = Objects.requireNonNull(group, "group");
      return this;
    }

    /**
     * Sets who asks, so that all of their pages come from the same copy of the index: copies may
     * rank a little differently. Default: nobody in particular.
     *
     * @param id such as a session's id, at most 100 characters; it goes to the engine
     * @return this
     */
    public Builder shopper(String id) {
      shopper = Objects.requireNonNull(id, "id");
      return this;
    }

    /**
     * Returns the query.
     *
     * @return the query
     */
    public SearchQuery build() {
      return new SearchQuery(this);
    }
  }
}
