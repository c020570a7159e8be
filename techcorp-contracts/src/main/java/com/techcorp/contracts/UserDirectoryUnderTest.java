package com.techcorp.contracts;

import com.techcorp.Storage;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.spi.Outbox;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.List;

/** A directory of users as {@link UserDirectoryContracts} needs it. */
public interface UserDirectoryUnderTest extends AutoCloseable {
  /**
   * A directory that shares its database with a storage, and needs no closing.
   *
   * @param users an empty directory
   * @param storage gets the events of its users
   * @return the directory under test
   */
  static UserDirectoryUnderTest of(UserDirectory users, Storage storage) {
    return new UserDirectoryUnderTest() {
      private static final int ALL = 100_000;

      @Override
      public UserDirectory users() {
        return users;
      }

      @Override
      public List<Event> events() {
        Outbox outbox = storage.outbox();
        Fence reader = storage.nodes().register("contract", Duration.ofHours(1));
        outbox.claim(reader.node(), ALL);
        List<Event> events = outbox.held(reader.node(), null, ALL);
        storage.nodes().retire(reader);
        return events;
      }
    };
  }

  /**
   * The directory: the same one throughout a test.
   *
   * @return the directory
   */
  UserDirectory users();

  /**
   * The events that wait to be published, each user's in sequence. Default: none, for a directory
   * that publishes none.
   *
   * @return the events; they still wait afterwards
   */
  default List<Event> events() {
    return List.of();
  }

  /** Frees what {@link ContractSuite#open} acquired for this test. Default: does nothing. */
  @Override
  default void close() {}
}
