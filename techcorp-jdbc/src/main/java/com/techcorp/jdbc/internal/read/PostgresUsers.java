package com.techcorp.jdbc.internal.read;

import com.techcorp.auth.User;
import com.techcorp.auth.UserEvent;
import com.techcorp.auth.UserStatus;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.auth.spi.UserRules;
import com.techcorp.jdbc.internal.batch.JoinedUnitOfWork;
import com.techcorp.jdbc.internal.batch.StatementBatch;
import com.techcorp.jdbc.internal.batch.StatementTexts;
import com.techcorp.jdbc.internal.batch.Times;
import com.techcorp.jdbc.internal.batch.Transactions;
import com.techcorp.jdbc.internal.batch.Writers;
import com.techcorp.storage.Effect;
import com.techcorp.storage.WriteSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Users in {@code auth.users}. Their events go to the outbox in the transaction of the change, and
 * the user's row counts them: whoever changes it has locked it, so no number is left out or given
 * twice.
 *
 * <p>What holds a hash travels as a {@link StatementBatch}, since Jdbi quotes arguments in its
 * exceptions.
 */
public final class PostgresUsers implements UserDirectory {
  private static final String BY_EMAIL =
      "select * from ${auth}.users where canonical_email = :email";

  private static final String BY_ID = "select * from ${auth}.users where id = :user";

  private static final String ADD =
      """
      insert into ${auth}.users
        (id, email, canonical_email, password_hash, status, sessions_valid_after, created_at)
      values (?, ?, ?, ?, ?, ?, ?)
      on conflict do nothing
      returning id
      """;

  private static final String CHANGE =
      """
      update ${auth}.users
      set password_hash = ?, status = ?, sessions_valid_after = ?, published = published + ?
      where id = ? and password_hash = ? and status = ? and sessions_valid_after = ?
      returning published
      """;

  private final Transactions transactions;
  private final Writers writers;
  private final StatementTexts texts;

  /**
   * Creates a directory.
   *
   * @param writers of the storage, which write events
   * @param texts those of the storage, with the names of the schemas
   */
  public PostgresUsers(Transactions transactions, Writers writers, StatementTexts texts) {
    this.transactions = transactions;
    this.writers = writers;
    this.texts = texts;
  }

  @Override
  public Optional<User> findByEmail(String canonicalEmail) {
    String email = UserRules.email(canonicalEmail);
    return transactions.read(
        handle ->
            handle
                .createQuery(BY_EMAIL)
                .bind("email", email)
                .map((row, context) -> read(row))
                .findOne());
  }

  @Override
  public Optional<User> find(UUID userId) {
    UUID id = UserRules.id(userId);
    return transactions.read(
        handle ->
            handle.createQuery(BY_ID).bind("user", id).map((row, context) -> read(row)).findOne());
  }

  @Override
  public boolean add(User user) {
    User added = UserRules.added(user);
    return transactions.run(
        handle -> {
          List<UUID> ids = new ArrayList<>();
          StatementBatch insert = transactions.statements();
          insert.query(
              rows -> {
                while (rows.next()) {
                  ids.add(rows.getObject(1, UUID.class));
                }
              },
              ADD,
              added.id(),
              added.email(),
              added.canonicalEmail(),
              added.passwordHash(),
              added.status().name(),
              utc(added.sessionsValidAfter()),
              utc(added.createdAt()));
          insert.executeOn(handle);
          return !ids.isEmpty();
        });
  }

  @Override
  public boolean change(User before, User after, List<UserEvent> events) {
    User changed = UserRules.changed(before, after, events);
    return transactions.run(
        handle -> {
          List<Integer> published = new ArrayList<>();
          StatementBatch update = transactions.statements();
          update.query(
              rows -> {
                while (rows.next()) {
                  published.add(rows.getInt(1));
                }
              },
              CHANGE,
              changed.passwordHash(),
              changed.status().name(),
              utc(changed.sessionsValidAfter()),
              events.size(),
              changed.id(),
              before.passwordHash(),
              before.status().name(),
              utc(before.sessionsValidAfter()));
          update.executeOn(handle);
          if (published.isEmpty()) {
            return false;
          }
          if (!events.isEmpty()) {
            publish(handle, events, published.get(0) - events.size());
          }
          return true;
        });
  }

  private void publish(Handle handle, List<UserEvent> events, int published) {
    List<Effect> effects = new ArrayList<>();
    int sequence = published;
    for (UserEvent event : events) {
      sequence++;
      effects.add(event.at(sequence));
    }
    new JoinedUnitOfWork(handle.getConnection(), writers, texts)
        .commit(null, List.of(new WriteSet(events.get(0).userId(), effects)));
  }

  @Override
  public boolean publishes() {
    return true;
  }

  private static User read(ResultSet row) throws SQLException {
    return new User(
        row.getObject("id", UUID.class),
        row.getString("email"),
        row.getString("canonical_email"),
        row.getString("password_hash"),
        UserStatus.valueOf(row.getString("status")),
        Times.instant(row, "sessions_valid_after"),
        Times.instant(row, "created_at"));
  }

  private static OffsetDateTime utc(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
