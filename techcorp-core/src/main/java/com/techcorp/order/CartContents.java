package com.techcorp.order;

import org.jspecify.annotations.Nullable;

/**
 * Hashes of a cart's contents at the time of the order; they distinguish a repeated request from
 * another purchase with the same cart. Prices are no part of it.
 *
 * @param lines hexadecimal SHA-256 of products and quantities, whatever the order of the lines
 * @param version hexadecimal SHA-256 of {@link Cart#version()}; null if the cart has none
 */
public record CartContents(String lines, @Nullable String version) {
  /**
   * Returns whether the two are one purchase: by their versions if both have one, else by their
   * lines.
   *
   * @param other another cart's contents, or the same cart's at another time
   * @return true if a request for both is the same request
   */
  public boolean sameAs(CartContents other) {
    return (version == null || other.version == null)
        ? lines.equals(other.lines)
        : version.equals(other.version);
  }
}
