package com.techcorp.search.elasticsearch.internal;

import static com.techcorp.search.elasticsearch.internal.Json.object;

import com.techcorp.search.IndexOptions;
import com.techcorp.search.IndexOptions.Language;
import com.techcorp.search.elasticsearch.TargetOptions;
import com.techcorp.search.spi.Analysis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a target is created with: its settings, its mapping, and what says later which index it
 * belongs to and which version of the library made it. No field is ever added by a document.
 */
final class IndexDefinition {
  /** Raised with every change of the mapping or of an analysis. */
  static final long MAPPING = 1;

  static final String META = "techcorp";

  private static final String TEXTS = "texts";
  private static final String WORDS = "words";

  private IndexDefinition() {}

  /** The body that creates a target, without aliases. */
  static Map<String, Object> of(IndexOptions settings, TargetOptions options) {
    return object(
        "settings",
        object("index", settings(options), "analysis", analysis(settings.language())),
        "mappings",
        mappings(settings));
  }

  private static Map<String, Object> settings(TargetOptions options) {
    return object(
        "number_of_shards",
        options.shards(),
        "number_of_replicas",
        options.replicas(),
        "refresh_interval", // set, so that a target that nobody searches is refreshed, too
        options.refreshInterval().toMillis() + "ms",
        "gc_deletes", // only purged tombstones are deleted, and those are to be forgotten
        "0s",
        "translog",
        object("durability", "request")); // what is acknowledged survives a crash
  }

  private static Map<String, Object> analysis(Language language) {
    Map<String, Object> filters = object();
    List<String> texts = filters(Analysis.of(language), filters, TEXTS);
    List<String> words = filters(Analysis.words(), filters, WORDS);
    return object(
        "filter", filters, "analyzer", object(TEXTS, analyzer(texts), WORDS, analyzer(words)));
  }

  private static Map<String, Object> analyzer(List<String> filters) {
    return object("type", "custom", "tokenizer", "standard", "filter", filters);
  }

  /** The names of an analysis's filters; those with settings are defined on the way. */
  private static List<String> filters(
      Analysis analysis, Map<String, Object> definitions, String prefix) {
    List<String> names = new ArrayList<>();
    for (Analysis.Filter filter : analysis.filters()) {
      if (filter instanceof Analysis.LowerCase) {
        names.add("lowercase");
      } else if (filter instanceof Analysis.FoldAccents) {
        names.add("asciifolding");
      } else {
        String name = prefix + "_" + names.size();
        definitions.put(name, definition(filter));
        names.add(name);
      }
    }
    return names;
  }

  private static Map<String, Object> definition(Analysis.Filter filter) {
    if (filter instanceof Analysis.Possessive) {
      return object("type", "stemmer", "language", "possessive_english");
    }
    if (filter instanceof Analysis.LightStemmer stemmer) {
      return object(
          "type",
          "stemmer",
          "language",
          stemmer.language() == Language.PORTUGUESE ? "light_portuguese" : "light_english");
    }
    if (filter instanceof Analysis.Exceptions exceptions) {
      return object("type", "stemmer_override", "rules", exceptions.rules());
    }
    throw new IllegalArgumentException("unknown filter " + filter.getClass().getSimpleName());
  }

  private static Map<String, Object> mappings(IndexOptions settings) {
    return object(
        "dynamic",
        "strict",
        "_meta",
        object(META, meta(settings)),
        "properties",
        object(
            FieldNames.ID,
            keyword(),
            FieldNames.TITLE,
            title(),
            FieldNames.DESCRIPTION,
            object("type", "text", "analyzer", TEXTS, "copy_to", FieldNames.ALL_WORDS),
            FieldNames.PRICE,
            object("type", "double"),
            "original_price",
            object("type", "double"),
            "category",
            keyword(),
            "brand",
            keyword(),
            "attributes",
            object("type", "flattened"),
            FieldNames.IN_STOCK,
            object("type", "boolean"),
            FieldNames.POPULARITY,
            object("type", "double"),
            "updated_at",
            object("type", "date"),
            FieldNames.DELETED_AT,
            object("type", "date"),
            FieldNames.ALL_WORDS,
            words()));
  }

  private static Map<String, Object> title() {
    return object(
        "type",
        "text",
        "analyzer",
        TEXTS,
        "copy_to",
        FieldNames.ALL_WORDS,
        "fields",
        object("words", words(), "text", keyword()));
  }

  private static Map<String, Object> keyword() {
    return object("type", "keyword");
  }

  private static Map<String, Object> words() {
    return object("type", "text", "analyzer", WORDS, "norms", false);
  }

  /** What a target says of itself. */
  static Map<String, Object> meta(IndexOptions settings) {
    return object(
        "index",
        settings.name(),
        "mapping",
        MAPPING,
        "language",
        settings.language().name().toLowerCase(Locale.ROOT),
        "currency",
        settings.currency().getCurrencyCode());
  }

  /** Hides tombstones from whatever reads the search alias. */
  static Map<String, Object> productsOnly() {
    return object("bool", object("must_not", object("exists", tombstone())));
  }

  private static Map<String, Object> tombstone() {
    return object("field", FieldNames.DELETED_AT);
  }
}
