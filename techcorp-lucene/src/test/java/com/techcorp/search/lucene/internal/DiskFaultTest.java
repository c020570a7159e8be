package com.techcorp.search.lucene.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.IndexOptions;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.lucene.LuceneOptions;
import com.techcorp.search.spi.IndexWrite;
import com.techcorp.search.spi.StoredEntry;
import com.techcorp.search.spi.WriteResult;
import com.techcorp.search.spi.WriteResult.Busy;
import com.techcorp.search.spi.WriteResult.Conflict;
import com.techcorp.search.spi.WriteResult.Written;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk that is full, and has place again. */
class DiskFaultTest {
  private static final UUID ONE = new UUID(0, 1);
  private static final UUID TWO = new UUID(0, 2);

  private final FaultyStore store = new FaultyStore();
  private Targets targets;
  private IndexTarget target;

  @BeforeEach
  void openTarget() throws IOException {
    targets = Targets.open(store, IndexOptions.DEFAULT, LuceneOptions.DEFAULT);
    target = targets.get(targets.current());
  }

  @AfterEach
  void closeTarget() throws IOException {
    store.full = false;
    store.unsynced = false;
    targets.close();
  }

  private static IndexWrite put(UUID product, long version) {
    return new IndexWrite.Put(
        ProductDocument.builder(product, "shirt", BigDecimal.ONE, Instant.EPOCH).build(), version);
  }

  private List<WriteResult> write(IndexWrite... writes) {
    return target.write(List.of(writes));
  }

  private long version(UUID product) throws IOException {
    Map<UUID, StoredEntry> found = target.read(List.of(product));
    return found.containsKey(product) ? found.get(product).version() : 0;
  }

  @Test
  void writesToAFullDiskAreBusyAndLaterOnesSucceed() throws IOException {
    write(put(ONE, 1));
    store.full = true;

    assertThat(write(put(ONE, 2), put(TWO, 2)))
        .hasSize(2)
        .allSatisfy(result -> assertThat(result).isInstanceOf(Busy.class));

    store.full = false;
    assertThat(write(put(ONE, 3), put(TWO, 3))).containsExactly(new Written(), new Written());
    assertThat(version(ONE)).isEqualTo(3);
    target.refresh();
    assertThat(target.count()).isEqualTo(2);
  }

  @Test
  void searchesGoOnWhileTheDiskIsFull() throws IOException {
    write(put(ONE, 1));
    target.refresh();
    store.full = true;

    write(put(TWO, 2));

    assertThat(target.count()).isEqualTo(1);
    assertThat(target.scan(null, 10)).extracting(StoredEntry::product).containsExactly(ONE);
  }

  /** A conflict is a success for an indexer, so what it conflicts with must be durable. */
  @Test
  void aConflictWithWhatIsNotDurableIsBusyToo() {
    store.unsynced = true;
    assertThat(write(put(ONE, 5)).get(0)).isInstanceOf(Busy.class);

    assertThat(write(put(ONE, 5)).get(0)).isInstanceOf(Busy.class);

    store.unsynced = false;
    assertThat(write(put(ONE, 5)).get(0)).isIn(new Written(), new Conflict(5));
  }

  /** A store in memory whose disk can fail. */
  private static final class FaultyStore implements TargetStore {
    private final MemoryStore memory = new MemoryStore();
    private volatile boolean full;
    private volatile boolean unsynced;

    @Override
    public Directory directory(String name) {
      return new FilterDirectory(memory.directory(name)) {
        @Override
        public IndexOutput createOutput(String file, IOContext context) throws IOException {
          failIf(full);
          return super.createOutput(file, context);
        }

        @Override
        public void sync(Collection<String> files) throws IOException {
          failIf(unsynced);
          super.sync(files);
        }
      };
    }

    private static void failIf(boolean fault) throws IOException {
      if (fault) {
        throw new IOException("simulated: no space left on device");
      }
    }

    @Override
    public void open(IndexOptions settings) {
      memory.open(settings);
    }

    @Override
    public String id() {
      return memory.id();
    }

    @Override
    public Set<String> targets() {
      return memory.targets();
    }

    @Override
    public void delete(String name) {
      memory.delete(name);
    }

    @Override
    public String current() {
      return memory.current();
    }

    @Override
    public void makeCurrent(String name) {
      memory.makeCurrent(name);
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
