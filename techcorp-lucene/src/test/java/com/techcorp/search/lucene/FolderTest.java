package com.techcorp.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.WiringException;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.IndexOptions.Language;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.SearchUnavailableException;
import com.techcorp.search.spi.IndexWrite;
import com.techcorp.search.spi.SearchIndex;
import com.techcorp.search.spi.StoredEntry;
import com.techcorp.search.spi.WriteResult;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder keeps, and which folders are refused. */
class FolderTest {
  private static final IndexOptions SETTINGS = IndexOptions.DEFAULT;
  private static final UUID PRODUCT = UUID.fromString("01900000-0000-7000-8000-000000000001");

  @TempDir Path folder;

  private static IndexWrite put(long version) {
    return new IndexWrite.Put(
        ProductDocument.builder(PRODUCT, "shirt", BigDecimal.ONE, Instant.EPOCH).build(), version);
  }

  private static SearchIndex open(Path folder, IndexOptions settings) {
    SearchIndex index = LuceneIndex.at(folder, TestOptions.PATIENT);
    try {
      index.open(settings);
      return index;
    } catch (RuntimeException e) {
      index.close();
      throw e;
    }
  }

  private static void assertRefused(Path folder, IndexOptions settings, String... words) {
    assertThatThrownBy(() -> open(folder, settings).close())
        .isInstanceOf(WiringException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void whatWasWrittenIsThereAfterARestart() {
    Optional<String> copyId;
    try (SearchIndex index = open(folder, SETTINGS)) {
      copyId = index.copyId();
      index.write(index.current(), List.of(put(7)));
      index.create("products-next");
      index.write("products-next", List.of(put(9)));
      index.makeCurrent("products-next");
    }

    try (SearchIndex index = open(folder, SETTINGS)) {
      assertThat(index.current()).isEqualTo("products-next");
      assertThat(index.targets()).containsExactly("products-1", "products-next");
      assertThat(index.copyId()).isEqualTo(copyId);
      assertThat(index.count("products-next")).isEqualTo(1);
      assertThat(index.write("products-1", List.of(put(7))))
          .containsExactly(new WriteResult.Conflict(7));
      assertThat(index.read("products-next", List.of(PRODUCT)).get(PRODUCT))
          .extracting(StoredEntry::version)
          .isEqualTo(9L);
    }
  }

  @Test
  void eachFolderHasAnIdBeforeItIsOpen() {
    try (SearchIndex one = LuceneIndex.at(folder.resolve("one"));
        SearchIndex other = LuceneIndex.at(folder.resolve("other"));
        SearchIndex memory = LuceneIndex.inMemory()) {
      assertThat(List.of(one.copyId(), other.copyId(), memory.copyId()))
          .doesNotHaveDuplicates()
          .allSatisfy(id -> assertThat(id.orElseThrow()).matches("[0-9a-f]{12}"));
      assertRefused(folder.resolve("one"), SETTINGS, "one writer");

      one.open(SETTINGS);
    }
    open(folder.resolve("other"), SETTINGS).close();
  }

  @Test
  void aFolderHasOneWriter() {
    try (SearchIndex first = open(folder, SETTINGS)) {
      assertRefused(folder, SETTINGS, folder.toString(), "one writer", "a folder of its own");

      assertThat(first.write(first.current(), List.of(put(1))))
          .containsExactly(new WriteResult.Written());
    }
    open(folder, SETTINGS).close();
  }

  @Test
  void aFolderOfOtherSettingsIsRefused() {
    open(folder, SETTINGS).close();

    assertRefused(folder, SETTINGS.withName("other"), "another name than other", "empty folder");
    assertRefused(folder, SETTINGS.withLanguage(Language.PORTUGUESE), "another language");
    assertRefused(folder, SETTINGS.withCurrency("BRL"), "another currency", "IndexOptions");
    open(folder, SETTINGS).close();
  }

  @Test
  void aFolderOfAnOlderMappingIsRefused() throws IOException {
    open(folder, SETTINGS).close();
    Path properties = folder.resolve("index.properties");
    String text = Files.readString(properties);

    for (String changed : List.of("mapping=", "analysis=")) {
      Files.writeString(properties, text.replaceFirst(changed + ".*", changed + "0"));
      assertRefused(folder, SETTINGS, "another version of the library", "reindex");
    }
    Files.writeString(properties, "");
    assertRefused(folder, SETTINGS, "empty folder");
    Files.writeString(properties, text);
    open(folder, SETTINGS).close();
  }

  @Test
  void aFolderOfSomethingElseIsRefused() throws IOException {
    Files.writeString(folder.resolve("photo.jpg"), "x");

    assertRefused(folder, SETTINGS, "something else", "empty folder");

    assertThat(folder.resolve("photo.jpg")).exists();
  }

  @Test
  void aFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertRefused(file, SETTINGS, file.toString(), "name a folder");
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    open(folder, SETTINGS).close();
    try (Stream<Path> files = Files.list(folder.resolve("products-1"))) {
      for (Path file : files.toList()) {
        Files.writeString(file, "damaged");
      }
    }

    assertRefused(folder, SETTINGS, "damaged", "reindex");
  }

  @Test
  void aMissingTargetIsRefused() throws IOException {
    open(folder, SETTINGS).close();
    Files.writeString(folder.resolve("current"), "products-9\n");

    assertRefused(folder, SETTINGS, "missing", "reindex");
  }

  @Test
  void whatACrashLeftIsRemoved() throws IOException {
    open(folder, SETTINGS).close();
    Files.createDirectory(folder.resolve("products-created"));
    Files.createDirectory(folder.resolve("products-gone.deleted"));
    Files.writeString(folder.resolve("products-gone.deleted").resolve("segments_1"), "x");
    Files.writeString(folder.resolve("current.tmp"), "products-created");

    try (SearchIndex index = open(folder, SETTINGS)) {
      assertThat(index.targets()).containsExactly("products-1");
      assertThat(index.current()).isEqualTo("products-1");
      assertThat(folder.resolve("products-gone.deleted")).doesNotExist();
      index.create("products-created");
    }
  }

  @Test
  void aFolderThatWasBegunIsFinished() throws IOException {
    open(folder, SETTINGS).close();
    Files.delete(folder.resolve("current"));

    try (SearchIndex index = open(folder, SETTINGS)) {
      assertThat(index.current()).isEqualTo("products-1");
    }
  }

  @Test
  void aClosedIndexIsUnavailable() {
    SearchIndex index = open(folder, SETTINGS);
    String target = index.current();
    index.close();
    index.close();

    assertThatThrownBy(() -> index.write(target, List.of(put(1))))
        .isInstanceOf(SearchUnavailableException.class);
    assertThatThrownBy(() -> index.suggest("shirt", 1))
        .isInstanceOf(SearchUnavailableException.class);
    assertThatThrownBy(index::current).isInstanceOf(SearchUnavailableException.class);
  }

  @Test
  void anIndexIsOpenedFirstAndOnce() {
    try (SearchIndex index = LuceneIndex.at(folder)) {
      assertThatThrownBy(index::current).isInstanceOf(IllegalStateException.class);
      index.open(SETTINGS);
      assertThatThrownBy(() -> index.open(SETTINGS)).isInstanceOf(IllegalStateException.class);
    }
  }
}
