package com.techcorp.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books of a {@link SimulatedProvider}: in a file with an entry a line, or nowhere. What
 * was synced is still there after the process or the machine died. Callers that wait at the same
 * time share one sync. Thread-safe.
 */
final class SimulatedLedger {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final @Nullable RandomAccessFile file;
  private final List<SimulatedEntry> found;
  private final Object disk = new Object();
  private final AtomicLong written = new AtomicLong();
  private volatile long synced;

  private SimulatedLedger(@Nullable RandomAccessFile file, List<SimulatedEntry> found) {
    this.file = file;
    this.found = found;
  }

  /** Returns a ledger that keeps nothing. */
  static SimulatedLedger none() {
    return new SimulatedLedger(null, List.of());
  }

  /** Goes on with a file, or begins it. */
  static SimulatedLedger in(Path file) {
    try {
      byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      int whole = endOfLastLine(bytes);
      List<SimulatedEntry> found = new ArrayList<>();
      String text = new String(bytes, 0, whole, StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        found.add(JSON.readValue(line, SimulatedEntry.class));
      }
      // Not a channel: an interrupted caller, such as one that timed out, would close it.
      RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
      // A crash while writing leaves half a line; no caller saw it as written.
      opened.setLength(whole);
      opened.seek(whole);
      return new SimulatedLedger(opened, found);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use the ledger " + file, e);
    }
  }

  private static int endOfLastLine(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  /** Returns the entries that the file held when it was opened. */
  List<SimulatedEntry> found() {
    return found;
  }

  /** Writes an entry; one thread at a time. It is safe once {@link #sync} returned. */
  void append(SimulatedEntry entry) {
    if (file == null) {
      return;
    }
    try {
      byte[] line = (JSON.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8);
      file.write(line);
      written.addAndGet(line.length);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the ledger", e);
    }
  }

  /** Returns once all entries appended before this call are safe. */
  void sync() {
    if (file == null) {
      return;
    }
    long mine = written.get();
    if (synced >= mine) {
      return;
    }
    synchronized (disk) {
      if (synced >= mine) {
        return; // the sync of another caller took this one along
      }
      long all = written.get();
      try {
        file.getFD().sync();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot sync the ledger", e);
      }
      synced = all;
    }
  }
}
