package com.techcorp.examples.data;

import com.techcorp.search.ProductDocument;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes {@code products-english.jsonl} and {@code products-portuguese.jsonl} into a folder: the
 * shipped catalogue as the documents that search indexes, one a line. The testkit's relevance set
 * ships the output.
 *
 * <p>The catalogue has no product codes, but shoppers search for them. So here the products of some
 * categories also have one of {@link ProductCodes} at the end of their description.
 *
 * <p>Usage: {@code GenerateRelevanceProducts <folder>}.
 */
public final class GenerateRelevanceProducts {

  private GenerateRelevanceProducts() {}

  /**
   * Runs the generator.
   *
   * @param args the folder, created if missing
   * @throws IOException if a file cannot be written
   * @throws IllegalArgumentException if the arguments are not as above
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("usage: GenerateRelevanceProducts <folder>");
    }
    write(Path.of(args[0]), DataFiles.bundled());
  }

  /**
   * Writes both files, replacing those that are there.
   *
   * @param folder where to, created if missing
   * @param files the catalogue in both languages
   * @throws IOException if a file cannot be written
   */
  public static void write(Path folder, DataFiles files) throws IOException {
    Map<UUID, CatalogueText> portuguese =
        files.catalogueInPortuguese().stream()
            .collect(Collectors.toMap(CatalogueText::id, Function.identity()));
    ProductCodes codes = new ProductCodes();
    List<String> englishLines = new ArrayList<>();
    List<String> portugueseLines = new ArrayList<>();
    for (CatalogueEntry product : files.catalogue()) {
      CatalogueText text =
          Objects.requireNonNull(portuguese.get(product.id()), "a product has no Portuguese text");
      Optional<String> code = codes.next(product.facets().category());
      englishLines.add(
          line(product, product.title(), described(product.description(), "Model", code)));
      portugueseLines.add(
          line(product, text.title(), described(text.description(), "Modelo", code)));
    }
    Files.createDirectories(folder);
    writeLines(folder.resolve("products-english.jsonl"), englishLines);
    writeLines(folder.resolve("products-portuguese.jsonl"), portugueseLines);
  }

  private static String described(String description, String model, Optional<String> code) {
    return description + code.map(text -> " " + model + " " + text + ".").orElse("");
  }

  private static String line(CatalogueEntry product, String title, String description) {
    ProductDocument.Builder document =
        ProductDocument.builder(
                product.id(),
                title,
                BigDecimal.valueOf(product.prices().price(), 2),
                product.ranking().updatedAt())
            .description(description)
            .originalPrice(BigDecimal.valueOf(product.prices().originalPrice(), 2))
            .category(product.facets().category())
            .brand(product.facets().brand())
            .inStock(product.ranking().inStock())
            .popularity(product.ranking().popularityScore());
    product.facets().attributes().forEach(document::attribute);
    return document.build().json();
  }

  private static void writeLines(Path file, List<String> lines) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (String line : lines) {
        out.write(line + "\n");
      }
    }
  }
}
