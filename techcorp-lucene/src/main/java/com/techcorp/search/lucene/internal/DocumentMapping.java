package com.techcorp.search.lucene.internal;

import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductField;
import com.techcorp.search.spi.IndexWrite;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleDocValuesField;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/**
 * The form in which documents are stored. A change to it, or to the analysis of texts, needs
 * another {@link #VERSION}: a folder of another version is refused, because its documents would be
 * read wrongly.
 */
final class DocumentMapping {
  static final int VERSION = 1;

  static final String ID = "id";
  static final String WRITE_VERSION = "version";
  static final String JSON = "json";
  static final String TITLE = "title";
  static final String DESCRIPTION = "description";

  /** The title's words without stems, for suggestions. */
  static final String TITLE_WORDS = "title_words";

  /** The words of title and description without stems, for corrections. */
  static final String ALL_WORDS = "all_words";

  static final String TITLE_TEXT = "title_text";
  static final String PRICE = "price";
  static final String IN_STOCK = "in_stock";
  static final String POPULARITY = "popularity_score";

  /** {@code ln(2 + popularity_score)}, computed once for all searches. */
  static final String POPULARITY_FACTOR = "popularity_factor";

  static final String UPDATED_AT = "updated_at";

  /** Only a tombstone has it. */
  static final String DELETED_AT = "deleted_at";

  /** All attributes share a field, so that their number is no matter. */
  static final String ATTRIBUTES = "attributes";

  /** No name of an attribute and no value contains it. */
  private static final char SEPARATOR = 0;

  private static final FieldType SCORED = tokenized(IndexOptions.DOCS_AND_FREQS, true);
  private static final FieldType WORDS = tokenized(IndexOptions.DOCS, false);

  private DocumentMapping() {}

  private static FieldType tokenized(IndexOptions options, boolean norms) {
    FieldType type = new FieldType();
    type.setTokenized(true);
    type.setIndexOptions(options);
    type.setOmitNorms(!norms);
    type.freeze();
    return type;
  }

  /** The term that only the document of this product has. */
  static Term term(UUID product) {
    return new Term(ID, product.toString());
  }

  static Document document(IndexWrite write) {
    Document document = new Document();
    String id = write.product().toString();
    document.add(new StringField(ID, id, Field.Store.NO));
    document.add(new SortedDocValuesField(ID, new BytesRef(id)));
    document.add(new NumericDocValuesField(WRITE_VERSION, write.version()));
    if (write instanceof IndexWrite.Put put) {
      addProduct(document, put.document());
    } else {
      long deletedAt = ((IndexWrite.Tombstone) write).deletedAt().toEpochMilli();
      document.add(new LongField(DELETED_AT, deletedAt, Field.Store.NO));
    }
    return document;
  }

  private static void addProduct(Document document, ProductDocument product) {
    document.add(new StoredField(JSON, product.json()));
    document.add(new StoredField(TITLE_TEXT, product.title()));
    addText(document, TITLE, product.title());
    document.add(new Field(TITLE_WORDS, product.title(), WORDS));
    product.description().ifPresent(text -> addText(document, DESCRIPTION, text));
    document.add(new DoubleField(PRICE, product.price().doubleValue(), Field.Store.NO));
    document.add(new StringField(IN_STOCK, String.valueOf(product.inStock()), Field.Store.NO));
    double popularity = product.popularity();
    document.add(new DoubleDocValuesField(POPULARITY, popularity));
    document.add(new DoubleDocValuesField(POPULARITY_FACTOR, Math.log1p(popularity + 1)));
    document.add(new NumericDocValuesField(UPDATED_AT, product.updatedAt().toEpochMilli()));
    product.category().ifPresent(value -> addValue(document, ProductField.CATEGORY, value));
    product.brand().ifPresent(value -> addValue(document, ProductField.BRAND, value));
    for (Map.Entry<String, List<String>> attribute : product.attributes().entrySet()) {
      ProductField field = ProductField.attribute(attribute.getKey());
      attribute.getValue().forEach(value -> addValue(document, field, value));
    }
  }

  private static void addText(Document document, String field, String text) {
    document.add(new Field(field, text, SCORED));
    document.add(new Field(ALL_WORDS, text, WORDS));
  }

  private static void addValue(Document document, ProductField field, String value) {
    BytesRef key = key(field, value);
    document.add(new StringField(field(field), key, Field.Store.NO));
    document.add(new SortedSetDocValuesField(field(field), key));
  }

  /** The field of the index that has a product's field. */
  static String field(ProductField field) {
    return field.isAttribute() ? ATTRIBUTES : field.name();
  }

  /** What all keys of a field begin with. */
  static BytesRef prefix(ProductField field) {
    return new BytesRef(field.isAttribute() ? field.attributeName() + SEPARATOR : "");
  }

  /** A field's value as the index has it. */
  static BytesRef key(ProductField field, String value) {
    return new BytesRef(field.isAttribute() ? field.attributeName() + SEPARATOR + value : value);
  }
}
