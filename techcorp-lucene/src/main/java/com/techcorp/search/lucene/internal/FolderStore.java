package com.techcorp.search.lucene.internal;

import com.techcorp.error.WiringException;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.spi.Analysis;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Keeps targets in a folder, each in a folder of its name. The file {@code current} names the
 * current one; it is replaced at once, so that a crash leaves the old name or the new one. The file
 * {@code index.properties} says what its products have in common, {@code copy-id} tells it from
 * other folders, and {@code write.lock} keeps others out.
 */
public final class FolderStore implements TargetStore {
  private static final String ID = "copy-id";
  private static final String PROPERTIES = "index.properties";
  private static final String MAPPING = "mapping";
  private static final String ANALYSIS = "analysis";
  private static final String CURRENT = "current";
  private static final String LOCK = "write.lock";
  private static final String TEMPORARY = ".tmp";
  private static final String DELETED = ".deleted";

  private final Path folder;
  private @Nullable Directory directory;
  private @Nullable Lock lock;
  private String id = "";

  /**
   * Creates a store that is not open.
   *
   * @param folder where it is; created if it is missing
   */
  public FolderStore(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  @Override
  public String id() throws IOException {
    if (id.isEmpty()) {
      take();
    }
    return id;
  }

  @Override
  public void open(IndexOptions settings) throws IOException {
    if (lock == null) {
      take();
    }
    Properties expected = properties(settings);
    Path file = folder.resolve(PROPERTIES);
    if (Files.exists(file)) {
      requireSame(expected, read(file));
    } else {
      StringWriter text = new StringWriter();
      expected.store(text, null);
      replace(PROPERTIES, text.toString());
    }
    removeLeftovers();
  }

  /** Takes the folder for this process; gives it an id if it is new. */
  private void take() throws IOException {
    lockFolder();
    Path file = folder.resolve(ID);
    if (Files.exists(file)) {
      id = Files.readString(file).strip();
    } else {
      requireNothingElse();
      String random = StoreId.random();
      replace(ID, random + "\n");
      id = random;
    }
  }

  private void lockFolder() {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new WiringException("The index's folder " + folder + " is a file: name a folder");
    }
    try {
      Files.createDirectories(folder);
      FSDirectory files = FSDirectory.open(folder);
      directory = files;
      lock = files.obtainLock(LOCK);
    } catch (LockObtainFailedException e) {
      throw new WiringException(
          "The index's folder "
              + folder
              + " is open in another process, or a second time in this one. A folder has one"
              + " writer: close the other one, or give each process a folder of its own",
          e);
    } catch (IOException e) {
      throw new WiringException(
          "The index's folder " + folder + " cannot be written: check its owner and its disk", e);
    }
  }

  private static Properties properties(IndexOptions settings) {
    Properties properties = new Properties();
    properties.setProperty(MAPPING, String.valueOf(DocumentMapping.VERSION));
    properties.setProperty(ANALYSIS, Analysis.of(settings.language()).fingerprint());
    properties.setProperty("name", settings.name());
    properties.setProperty("language", settings.language().name());
    properties.setProperty("currency", settings.currency().getCurrencyCode());
    return properties;
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(Files.readString(file)));
    } catch (IllegalArgumentException e) {
      return new Properties(); // not written by us; nothing in it is as expected
    }
    return properties;
  }

  private void requireSame(Properties expected, Properties found) {
    for (String name : List.of("name", "language", "currency", MAPPING, ANALYSIS)) {
      String value = expected.getProperty(name);
      if (!value.equals(found.getProperty(name))) {
        boolean ofLibrary = name.equals(MAPPING) || name.equals(ANALYSIS);
        throw new WiringException(
            "The index's folder "
                + folder
                + (ofLibrary
                    ? " was written by another version of the library"
                    : " was written with another " + name + " than " + value)
                + ": give it an empty folder and reindex"
                + (ofLibrary ? "" : ", or open it with the IndexOptions that it was written with"));
      }
    }
  }

  private void requireNothingElse() throws IOException {
    for (String name : files()) {
      if (!name.equals(LOCK) && !name.endsWith(TEMPORARY)) {
        throw new WiringException(
            "The index's folder "
                + folder
                + " holds something else than an index of products: give it an empty folder");
      }
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  /** What a crash left: targets that were being created or deleted. */
  private void removeLeftovers() throws IOException {
    for (String name : files()) {
      Path file = folder.resolve(name);
      boolean abandoned = name.endsWith(DELETED) || (Files.isDirectory(file) && !isTarget(file));
      if (abandoned) {
        IOUtils.rm(file);
      }
    }
  }

  private static boolean isTarget(Path target) throws IOException {
    try (Directory files = FSDirectory.open(target)) {
      return DirectoryReader.indexExists(files);
    }
  }

  @Override
  public Set<String> targets() throws IOException {
    Set<String> targets = new TreeSet<>();
    for (String name : files()) {
      if (Files.isDirectory(folder.resolve(name)) && !name.endsWith(DELETED)) {
        targets.add(name);
      }
    }
    return targets;
  }

  @Override
  public Directory directory(String target) throws IOException {
    Path files = folder.resolve(target);
    if (!Files.exists(files)) {
      Files.createDirectory(files);
      IOUtils.fsync(folder, true);
    }
    return FSDirectory.open(files);
  }

  @Override
  public void delete(String target) throws IOException {
    Path abandoned = folder.resolve(target + DELETED);
    IOUtils.rm(abandoned);
    Files.move(folder.resolve(target), abandoned, StandardCopyOption.ATOMIC_MOVE);
    IOUtils.fsync(folder, true);
    IOUtils.rm(abandoned);
  }

  @Override
  public String current() throws IOException {
    try {
      return Files.readString(folder.resolve(CURRENT)).strip();
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  @Override
  public void makeCurrent(String target) throws IOException {
    replace(CURRENT, target + "\n");
  }

  private void replace(String file, String text) throws IOException {
    Path temporary = folder.resolve(file + TEMPORARY);
    Files.writeString(temporary, text);
    IOUtils.fsync(temporary, false);
    Files.move(
        temporary,
        folder.resolve(file),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    IOUtils.fsync(folder, true);
  }

  @Override
  public void close() throws IOException {
    try {
      IOUtils.close(lock, directory);
    } finally {
      lock = null;
      directory = null;
    }
  }
}
