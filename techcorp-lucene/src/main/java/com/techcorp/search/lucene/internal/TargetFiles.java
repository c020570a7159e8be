package com.techcorp.search.lucene.internal;

import com.techcorp.search.lucene.LuceneOptions;
import java.io.Closeable;
import java.io.IOException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;

/** The writer of a target's files and what reads along with it. They open and end together. */
final class TargetFiles implements Closeable {
  final IndexWriter writer;
  final SearcherManager searchers;
  final RecentEntries entries;

  private TargetFiles(IndexWriter writer, SearcherManager searchers) {
    this.writer = writer;
    this.searchers = searchers;
    this.entries = new RecentEntries(searchers);
  }

  static TargetFiles open(Directory directory, Analyzer analyzer, LuceneOptions options)
      throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(analyzer);
    config.setSimilarity(new Bm25());
    config.setRAMBufferSizeMB(options.writeBufferMegabytes());
    config.setMaxFullFlushMergeWaitMillis(0); // a commit does not wait for merges
    config.setCommitOnClose(false);
    IndexWriter writer = new IndexWriter(directory, config);
    try {
      if (!DirectoryReader.indexExists(directory)) {
        writer.commit(); // so that the target exists from now on
      }
      return new TargetFiles(writer, new SearcherManager(writer, null));
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(writer);
      throw e;
    }
  }

  /** Whether it can be written; it cannot any more after the disk failed. */
  boolean isUsable() {
    return writer.isOpen();
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(entries, searchers, writer::rollback);
  }
}
