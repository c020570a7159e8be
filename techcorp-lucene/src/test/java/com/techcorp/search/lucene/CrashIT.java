package com.techcorp.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.WiringException;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.spi.SearchIndex;
import com.techcorp.search.spi.StoredEntry;
import com.techcorp.servers.process.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was written is there after {@code kill -9}, in whatever it hits. */
class CrashIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final IndexOptions SETTINGS = IndexOptions.DEFAULT;

  @TempDir Path folder;

  @Test
  void whatWasWrittenSurvivesKills() {
    killInMidWrite(3);
  }

  @Test
  @Tag("soak")
  void whatWasWrittenSurvivesManyKills() {
    killInMidWrite(60);
  }

  private void killInMidWrite(int kills) {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    long written = 0;
    for (int kill = 0; kill < kills; kill++) {
      try (ChildJvm child = IndexingProcess.start(folder)) {
        for (int round = 5 + random.nextInt(20); round > 0; round--) {
          written = version(child.readLine(LIMIT));
        }
        child.kill();
        // it may have written and said more by then
        Optional<String> more = child.pollLine(LIMIT);
        while (more.isPresent()) {
          written = version(more.get());
          more = child.pollLine(LIMIT);
        }
      }
      assertNothingIsLost(written, "seed " + seed + ", kill " + kill);
    }
  }

  private static long version(String line) {
    assertThat(line)
        .as("output of the process, which has nothing to warn of")
        .startsWith(IndexingProcess.WRITTEN);
    return Long.parseLong(line.substring(IndexingProcess.WRITTEN.length()));
  }

  private void assertNothingIsLost(long written, String name) {
    try (SearchIndex index = LuceneIndex.at(folder, TestOptions.PATIENT)) {
      String target = index.open(SETTINGS);
      List<StoredEntry> entries = index.scan(target, null, 100);
      assertThat(entries).as(name).hasSize(IndexingProcess.PRODUCTS);
      for (int number = 1; number <= IndexingProcess.PRODUCTS; number++) {
        StoredEntry entry = entries.get(number - 1);
        assertThat(entry.product()).as(name).isEqualTo(IndexingProcess.id(number));
        assertThat(entry.version()).as(name).isBetween(written, written + 1);
        if ((number + entry.version()) % 5 == 0) {
          assertThat(entry.json()).as(name).isNull();
        } else {
          assertThat(entry.json()).as(name).contains("\"shirt " + entry.version() + "\"");
        }
      }
    }
  }

  @Test
  void aFolderOfAnotherProcessIsRefusedUntilThatEnds() {
    try (ChildJvm child = IndexingProcess.start(folder)) {
      child.awaitLine(IndexingProcess.WRITTEN, LIMIT);

      try (SearchIndex index = LuceneIndex.at(folder)) {
        assertThatThrownBy(() -> index.open(SETTINGS))
            .isInstanceOf(WiringException.class)
            .hasMessageContaining("one writer");
      }
      child.kill();
    }

    try (SearchIndex index = LuceneIndex.at(folder)) {
      index.open(SETTINGS);
    }
  }
}
