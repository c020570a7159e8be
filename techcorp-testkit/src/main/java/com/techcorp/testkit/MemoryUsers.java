package com.techcorp.testkit;

import com.techcorp.auth.User;
import com.techcorp.auth.UserEvent;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.auth.spi.UserRules;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Users in memory, and their events in the outbox of the same storage. */
final class MemoryUsers implements UserDirectory {
  private final MemoryDatabase database;
  private final MemoryOutbox outbox;
  private final MemoryTable<UUID, Row> users;
  private final MemoryTable<String, UUID> byEmail;

  /** A user, and how many events of this user were published. */
  private record Row(User user, int published) {
    Row changedTo(User after, int events) {
      User changed =
          new User(
              user.id(),
              user.email(),
              user.canonicalEmail(),
              after.passwordHash(),
              after.status(),
              after.sessionsValidAfter(),
              user.createdAt());
      return new Row(changed, published + events);
    }
  }

  MemoryUsers(MemoryDatabase database, MemoryOutbox outbox) {
    this.database = database;
    this.outbox = outbox;
    this.users = new MemoryTable<>(database);
    this.byEmail = new MemoryTable<>(database);
  }

  @Override
  public Optional<User> findByEmail(String canonicalEmail) {
    String email = UserRules.email(canonicalEmail);
    return database.transaction(
        () -> {
          UUID id = byEmail.get(email);
          return id == null ? Optional.empty() : stored(id).map(Row::user);
        });
  }

  @Override
  public Optional<User> find(UUID userId) {
    UUID id = UserRules.id(userId);
    return database.transaction(() -> stored(id).map(Row::user));
  }

  private Optional<Row> stored(UUID id) {
    return Optional.ofNullable(users.get(id));
  }

  @Override
  public boolean add(User user) {
    User added = UserRules.added(user);
    return database.transaction(
        () -> {
          if (users.has(added.id()) || byEmail.has(added.canonicalEmail())) {
            return false;
          }
          users.put(added.id(), new Row(added, 0));
          byEmail.put(added.canonicalEmail(), added.id());
          return true;
        });
  }

  @Override
  public boolean change(User before, User after, List<UserEvent> events) {
    User changed = UserRules.changed(before, after, events);
    return database.transaction(
        () -> {
          Row row = users.get(changed.id());
          if (row == null || !UserRules.isUnchanged(before, row.user())) {
            return false;
          }
          int sequence = row.published();
          for (UserEvent event : events) {
            sequence++;
            outbox.apply(event.at(sequence), null);
          }
          users.put(changed.id(), row.changedTo(changed, events.size()));
          return true;
        });
  }

  @Override
  public boolean publishes() {
    return true;
  }
}
