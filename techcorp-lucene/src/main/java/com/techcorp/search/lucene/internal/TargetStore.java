package com.techcorp.search.lucene.internal;

import com.techcorp.search.IndexOptions;
import java.io.IOException;
import java.util.Set;
import org.apache.lucene.store.Directory;

/** Where the targets of an index are, and which of them is the current one. Not thread-safe. */
public interface TargetStore extends AutoCloseable {
  /**
   * Takes the store for this process alone, and prepares it.
   *
   * @param settings what all of its targets have in common
   * @throws com.techcorp.error.WiringException if it cannot be used for them
   * @throws IOException if the disk fails
   */
  void open(IndexOptions settings) throws IOException;

  /**
   * Returns what tells this store from all others. It need not be open, but is taken for this
   * process.
   *
   * @return lower-case letters and digits; the same after a restart, if the targets are there still
   * @throws com.techcorp.error.WiringException if it cannot be taken
   * @throws IOException if the disk fails
   */
  String id() throws IOException;

  /**
   * Returns all targets.
   *
   * @return their names
   * @throws IOException if the disk fails
   */
  Set<String> targets() throws IOException;

  /**
   * Returns where the files of a target are, existing or new.
   *
   * @param target its name
   * @return a new directory, for the caller to close
   * @throws IOException if the disk fails
   */
  Directory directory(String target) throws IOException;

  /**
   * Deletes a target's files.
   *
   * @param target its name; its directory is closed
   * @throws IOException if the disk fails
   */
  void delete(String target) throws IOException;

  /**
   * Returns the current target.
   *
   * @return its name; empty if there never was one
   * @throws IOException if the disk fails
   */
  String current() throws IOException;

  /**
   * Makes another target the current one: before a crash or after it, but never in between.
   *
   * @param target its name
   * @throws IOException if the disk fails
   */
  void makeCurrent(String target) throws IOException;

  /** Gives the store back. */
  @Override
  void close() throws IOException;
}
