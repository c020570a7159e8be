package com.techcorp.examples.data;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the data files, each a JSON array of objects: {@code catalogue.json}, {@code
 * catalogue-portuguese.json}, {@code customers.json}, {@code carts.json} and {@code orders.json},
 * either those that ship with the examples or a user's own of the same shape.
 *
 * <p>Reading is strict: an unknown, missing, repeated or null field, or a value out of range, is an
 * {@link IllegalArgumentException} that names the file, the line and the column. References from
 * one file to another are not checked. Each call reads its file anew. Thread-safe.
 */
public final class DataFiles {

  private static final JsonMapper MAPPER = DataJson.mapper();

  private final String place;
  private final Source source;

  private DataFiles(String place, Source source) {
    this.place = place;
    this.source = source;
  }

  /**
   * The files that ship with the examples.
   *
   * @return a reader of the bundled resources
   */
  public static DataFiles bundled() {
    return new DataFiles("bundled ", DataFiles::openResource);
  }

  /**
   * A user's own files. Nothing is opened before a file is asked for.
   *
   * @param folder the folder that holds the files, by the names above
   * @return a reader of that folder
   */
  public static DataFiles in(Path folder) {
    return new DataFiles(
        folder + folder.getFileSystem().getSeparator(),
        name -> Files.newInputStream(folder.resolve(name)));
  }

  /**
   * The products of {@code catalogue.json}.
   *
   * @return the products in the file's order, unmodifiable
   * @throws IllegalArgumentException if the file is missing or its content is bad
   * @throws UncheckedIOException if the file cannot be read
   */
  public List<CatalogueEntry> catalogue() {
    return read("catalogue.json", CatalogueEntry.class);
  }

  /**
   * The Portuguese texts of {@code catalogue-portuguese.json}. A shop in English only needs no such
   * file.
   *
   * @return one for each product, in the file's order, unmodifiable
   * @throws IllegalArgumentException if the file is missing or its content is bad
   * @throws UncheckedIOException if the file cannot be read
   */
  public List<CatalogueText> catalogueInPortuguese() {
    return read("catalogue-portuguese.json", CatalogueText.class);
  }

  /**
   * The customers of {@code customers.json}.
   *
   * @return the customers in the file's order, unmodifiable
   * @throws IllegalArgumentException if the file is missing or its content is bad
   * @throws UncheckedIOException if the file cannot be read
   */
  public List<CustomerEntry> customers() {
    return read("customers.json", CustomerEntry.class);
  }

  /**
   * The carts of {@code carts.json}.
   *
   * @return the carts in the file's order, unmodifiable
   * @throws IllegalArgumentException if the file is missing or its content is bad
   * @throws UncheckedIOException if the file cannot be read
   */
  public List<CartEntry> carts() {
    return read("carts.json", CartEntry.class);
  }

  /**
   * The order requests of {@code orders.json}.
   *
   * @return the requests in the file's order, unmodifiable
   * @throws IllegalArgumentException if the file is missing or its content is bad
   * @throws UncheckedIOException if the file cannot be read
   */
  public List<OrderRequest> orders() {
    return read("orders.json", OrderRequest.class);
  }

  private <T> List<T> read(String name, Class<T> type) {
    String file = place + name;
    try (InputStream in = source.open(name);
        JsonParser parser = MAPPER.createParser(in)) {
      return entries(file, parser, type);
    } catch (JsonProcessingException e) {
      throw bad(file, e.getLocation(), e.getOriginalMessage(), e);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new IllegalArgumentException(file + " does not exist", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private static <T> List<T> entries(String file, JsonParser parser, Class<T> type)
      throws IOException {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw bad(file, parser.currentTokenLocation(), "expected an array, '['", null);
    }
    List<T> entries = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw bad(file, parser.currentTokenLocation(), "expected an object, '{'", null);
      }
      entries.add(MAPPER.readValue(parser, type));
    }
    if (parser.nextToken() != null) {
      throw bad(file, parser.currentTokenLocation(), "unexpected content after the array", null);
    }
    return List.copyOf(entries);
  }

  private static IllegalArgumentException bad(
      String file, @Nullable JsonLocation at, String problem, @Nullable Exception cause) {
    String position = at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
    return new IllegalArgumentException(file + position + ": " + problem, cause);
  }

  private static InputStream openResource(String name) throws IOException {
    InputStream in = DataFiles.class.getResourceAsStream(name);
    if (in == null) {
      throw new FileNotFoundException(name);
    }
    return in;
  }

  private interface Source {
    InputStream open(String name) throws IOException;
  }
}
