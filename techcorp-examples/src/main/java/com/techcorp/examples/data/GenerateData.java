package com.techcorp.examples.data;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Writes {@code catalogue.json}, {@code catalogue-portuguese.json}, {@code customers.json}, {@code
 * carts.json} and {@code orders.json} into a folder. The same seed gives the same bytes, on any
 * machine: nothing here reads a clock, a locale or a file other than the vocabularies beside this
 * class.
 *
 * <p>Usage: {@code GenerateData <folder> [seed]}. The files that ship with the examples are the
 * output of the default seed.
 */
public final class GenerateData {

  static final long DEFAULT_SEED = 20240115L;

  private static final int CUSTOMERS = 1000;
  private static final int CARTS = 6000;
  private static final Instant CATALOGUE_START = Instant.parse("2023-09-01T08:00:00Z");
  private static final Instant CUSTOMERS_START = Instant.parse("2023-11-01T08:00:00Z");
  private static final Instant CARTS_START = Instant.parse("2024-01-15T10:00:00Z");

  private GenerateData() {}

  /**
   * Runs the generator.
   *
   * @param args the folder, created if missing, and optionally the seed, a decimal {@code long}
   * @throws IOException if a file cannot be written
   * @throws IllegalArgumentException if the arguments are not as above
   */
  public static void main(String[] args) throws IOException {
    if (args.length < 1 || args.length > 2) {
      throw new IllegalArgumentException("usage: GenerateData <folder> [seed]");
    }
    write(Path.of(args[0]), args.length == 2 ? Long.parseLong(args[1]) : DEFAULT_SEED);
  }

  /**
   * Writes the five files, replacing those that are there.
   *
   * @param folder where to, created if missing
   * @param seed decides the content
   * @throws IOException if a file cannot be written
   */
  public static void write(Path folder, long seed) throws IOException {
    Vocabulary words = Vocabulary.load();
    List<CatalogueEntry> catalogue =
        new ProductMaker(new Draw(seed, "catalogue"), CATALOGUE_START).make(words.productLines());
    List<CatalogueText> portuguese =
        new CatalogueTranslator(PortugueseVocabulary.load()).translate(catalogue);
    List<CustomerEntry> customers =
        new CustomerMaker(new Draw(seed, "customers"), CUSTOMERS_START)
            .make(words.regions(), CUSTOMERS);
    List<CartEntry> carts =
        new OrderMaker(new Draw(seed, "carts"), CARTS_START).carts(catalogue, customers, CARTS);
    List<OrderRequest> orders =
        new OrderMaker(new Draw(seed, "orders"), CARTS_START).orders(carts, customers);
    Files.createDirectories(folder);
    writeArray(folder.resolve("catalogue.json"), catalogue);
    writeArray(folder.resolve("catalogue-portuguese.json"), portuguese);
    writeArray(folder.resolve("customers.json"), customers);
    writeArray(folder.resolve("carts.json"), carts);
    writeArray(folder.resolve("orders.json"), orders);
  }

  /** One entry a line, so that a difference between two versions can be read. */
  private static void writeArray(Path file, List<?> entries) throws IOException {
    JsonMapper mapper = DataJson.mapper();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      String separator = "[\n";
      for (Object entry : entries) {
        out.write(separator);
        out.write(mapper.writeValueAsString(entry));
        separator = ",\n";
      }
      out.write("\n]\n");
    }
  }
}
