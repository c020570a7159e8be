package com.techcorp.examples.data;

import java.util.UUID;

/**
 * One product of {@code catalogue-portuguese.json}: its texts for people who read Portuguese.
 * Everything else about it is in {@code catalogue.json}.
 *
 * @param id the product, as in {@code catalogue.json}
 * @param title what a customer reads first
 * @param description a few sentences of plain text
 */
public record CatalogueText(UUID id, String title, String description) {

  /**
   * Checks the values.
   *
   * @param id the product, as in {@code catalogue.json}
   * @param title what a customer reads first
   * @param description a few sentences of plain text
   * @throws IllegalArgumentException if the title is blank
   */
  public CatalogueText {
    DataJson.require(!title.isBlank(), "title is blank");
  }
}
