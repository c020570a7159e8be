package com.techcorp.search.lucene.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FilterDirectoryReader;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedSetDocValues;

/** A state of a target in which each look at a facet takes longer than a search may take. */
final class SlowReader extends FilterDirectoryReader {
  SlowReader(IndexReader reader, Duration timeout) throws IOException {
    super(
        (DirectoryReader) reader,
        new SubReaderWrapper() {
          @Override
          public LeafReader wrap(LeafReader segment) {
            return slow(segment, timeout);
          }
        });
  }

  private static LeafReader slow(LeafReader segment, Duration timeout) {
    return new FilterLeafReader(segment) {
      @Override
      public SortedSetDocValues getSortedSetDocValues(String field) throws IOException {
        try {
          TimeUnit.NANOSECONDS.sleep(timeout.toNanos());
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
        return super.getSortedSetDocValues(field);
      }

      @Override
      public CacheHelper getCoreCacheHelper() {
        return null;
      }

      @Override
      public CacheHelper getReaderCacheHelper() {
        return null;
      }
    };
  }

  @Override
  protected DirectoryReader doWrapDirectoryReader(DirectoryReader reader) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CacheHelper getReaderCacheHelper() {
    return null;
  }
}
