package com.techcorp.search.lucene.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.OverloadedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiReader;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
  private static final Duration KEEP = Duration.ofMinutes(1);
  private static final Duration AGE = Duration.ofMinutes(5);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000); // it overflows
  private final Snapshots snapshots = new Snapshots(2, AGE, now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private static IndexReader reader() throws IOException {
    return new MultiReader();
  }

  private boolean isOpen(String name) throws IOException {
    IndexReader reader = snapshots.use(name);
    if (reader != null) {
      reader.decRef();
    }
    return reader != null;
  }

  @Test
  void aSnapshotIsKeptAfterEachUse() throws IOException {
    String name = snapshots.open(reader(), KEEP);

    for (int i = 0; i < 4; i++) {
      pass(KEEP);
      assertThat(isOpen(name)).isTrue();
    }
    pass(KEEP.plusNanos(1));
    assertThat(isOpen(name)).isFalse();
  }

  @Test
  void aSnapshotThatIsUsedForeverEndsAtItsAge() throws IOException {
    String name = snapshots.open(reader(), KEEP);

    for (int i = 0; i < 5; i++) {
      pass(KEEP);
      assertThat(isOpen(name)).isTrue();
    }
    pass(Duration.ofNanos(1));
    assertThat(isOpen(name)).isFalse();
  }

  @Test
  void theStateIsReleasedWhenItIsOver() throws IOException {
    IndexReader reader = reader();
    snapshots.open(reader, KEEP);
    pass(KEEP.plusNanos(1));
    assertThat(reader.getRefCount()).isEqualTo(1);

    snapshots.closeOld();

    assertThat(reader.getRefCount()).isZero();
  }

  @Test
  void aStateInUseIsReleasedByItsLastUser() throws IOException {
    IndexReader reader = reader();
    String name = snapshots.open(reader, KEEP);
    IndexReader used = snapshots.use(name);
    assertThat(used).isSameAs(reader);

    snapshots.close();

    assertThat(reader.getRefCount()).isEqualTo(1);
    used.decRef();
    assertThat(reader.getRefCount()).isZero();
  }

  @Test
  void oldSnapshotsMakePlace() throws IOException {
    snapshots.open(reader(), KEEP);
    snapshots.open(reader(), KEEP);
    IndexReader refused = reader();
    assertThatThrownBy(() -> snapshots.open(refused, KEEP)).isInstanceOf(OverloadedException.class);
    assertThat(refused.getRefCount()).isEqualTo(1);

    pass(KEEP.plusNanos(1));

    assertThat(isOpen(snapshots.open(refused, KEEP))).isTrue();
  }
}
