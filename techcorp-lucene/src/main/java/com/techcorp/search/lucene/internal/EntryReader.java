package com.techcorp.search.lucene.internal;

import com.techcorp.search.spi.StoredEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Reads entries by their ids from one state of a target. */
final class EntryReader {
  private static final Set<String> JSON_ONLY = Set.of(DocumentMapping.JSON);

  private EntryReader() {}

  /** The entry of a product; null if there is none. */
  static @Nullable StoredEntry find(IndexReader reader, UUID product) throws IOException {
    for (LeafReaderContext leaf : reader.leaves()) {
      int document = document(leaf.reader(), product);
      if (document != DocIdSetIterator.NO_MORE_DOCS) {
        return entry(leaf.reader(), document, product);
      }
    }
    return null;
  }

  /** Entries by id, behind one of them. */
  static List<StoredEntry> list(IndexReader reader, @Nullable UUID after, int limit)
      throws IOException {
    List<StoredEntry> entries = new ArrayList<>();
    Terms ids = MultiTerms.getTerms(reader, DocumentMapping.ID);
    if (ids == null) {
      return entries;
    }
    TermsEnum each = ids.iterator();
    BytesRef id = after == null ? each.next() : behind(each, after);
    while (id != null && entries.size() < limit) {
      StoredEntry entry = find(reader, UUID.fromString(id.utf8ToString()));
      if (entry != null) { // else all documents of this id are deleted and not merged away yet
        entries.add(entry);
      }
      id = each.next();
    }
    return entries;
  }

  private static @Nullable BytesRef behind(TermsEnum each, UUID after) throws IOException {
    return switch (each.seekCeil(new BytesRef(after.toString()))) {
      case FOUND -> each.next();
      case NOT_FOUND -> each.term();
      case END -> null;
    };
  }

  private static int document(LeafReader leaf, UUID product) throws IOException {
    PostingsEnum documents = leaf.postings(DocumentMapping.term(product), PostingsEnum.NONE);
    if (documents == null) {
      return DocIdSetIterator.NO_MORE_DOCS;
    }
    Bits live = leaf.getLiveDocs();
    int document = documents.nextDoc();
    while (document != DocIdSetIterator.NO_MORE_DOCS && live != null && !live.get(document)) {
      document = documents.nextDoc();
    }
    return document;
  }

  private static StoredEntry entry(LeafReader leaf, int document, UUID product) throws IOException {
    NumericDocValues versions = leaf.getNumericDocValues(DocumentMapping.WRITE_VERSION);
    if (versions == null || !versions.advanceExact(document)) {
      throw new IOException("a document has no version");
    }
    String json = leaf.storedFields().document(document, JSON_ONLY).get(DocumentMapping.JSON);
    return new StoredEntry(product, versions.longValue(), json);
  }
}
