package com.techcorp.search.lucene;

import com.techcorp.search.IndexOptions;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.spi.IndexWrite;
import com.techcorp.search.spi.SearchIndex;
import com.techcorp.search.spi.WriteResult;
import com.techcorp.servers.process.ChildJvm;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Writes rounds of products to a folder for as long as it lives, each with a higher version, and
 * says so when a round is written. From time to time it makes another target the current one.
 */
final class IndexingProcess {
  static final int PRODUCTS = 20;
  static final String WRITTEN = "written ";
  private static final int ROUNDS_OF_A_TARGET = 7;

  private IndexingProcess() {}

  static ChildJvm start(Path folder) {
    return ChildJvm.of(IndexingProcess.class)
        .jvmOptions("-XX:TieredStopAtLevel=1", "-Xmx128m")
        .args(folder.toString())
        .start();
  }

  static UUID id(int number) {
    return new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L + number);
  }

  /**
   * Runs until it is killed, or its parent is gone.
   *
   * @param args the folder
   */
  public static void main(String[] args) {
    ChildJvm.haltWithParent();
    SearchIndex index = LuceneIndex.at(Path.of(args[0]), TestOptions.PATIENT);
    String target = index.open(IndexOptions.DEFAULT);
    long version = highest(index, target);
    while (true) {
      version++;
      if (version % ROUNDS_OF_A_TARGET == 0) {
        String next = "products-" + version;
        index.create(next);
        write(index, next, version);
        index.makeCurrent(next);
        index.delete(target);
        target = next;
      } else {
        write(index, target, version);
      }
      System.out.println(WRITTEN + version);
    }
  }

  private static long highest(SearchIndex index, String target) {
    return index.scan(target, null, PRODUCTS).stream()
        .mapToLong(entry -> entry.version())
        .max()
        .orElse(0);
  }

  private static void write(SearchIndex index, String target, long version) {
    List<IndexWrite> writes = new ArrayList<>();
    for (int number = 1; number <= PRODUCTS; number++) {
      writes.add(
          (number + version) % 5 == 0
              ? new IndexWrite.Tombstone(id(number), version, Instant.EPOCH)
              : new IndexWrite.Put(product(number, version), version));
    }
    for (WriteResult result : index.write(target, writes)) {
      if (!(result instanceof WriteResult.Written)) {
        throw new IllegalStateException("round " + version + ": " + result);
      }
    }
  }

  private static ProductDocument product(int number, long version) {
    return ProductDocument.builder(id(number), "shirt " + version, BigDecimal.ONE, Instant.EPOCH)
        .build();
  }
}
