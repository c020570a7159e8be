package com.techcorp.search.lucene;

import com.techcorp.contracts.SearchIndexContracts;
import com.techcorp.contracts.SearchIndexUnderTest;
import com.techcorp.servers.process.Directories;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

class FolderIndexContractTest extends SearchIndexContracts {
  @Override
  protected SearchIndexUnderTest open() {
    LuceneOptions options = TestOptions.PATIENT;
    Path folder = Directories.createTemporary("lucene-");
    AtomicInteger count = new AtomicInteger();
    return new SearchIndexUnderTest(
        () -> LuceneIndex.at(folder.resolve("index-" + count.incrementAndGet()), options),
        options.snapshots(),
        () -> Directories.delete(folder));
  }
}
