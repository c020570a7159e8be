package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.Failure;
import com.techcorp.jdbc.EffectWriter.Guard;
import com.techcorp.jdbc.EffectWriter.GuardFailedException;
import com.techcorp.jdbc.internal.batch.Sql;
import com.techcorp.jdbc.internal.batch.StatementBatch;
import com.techcorp.jdbc.internal.batch.StatementTexts;
import com.techcorp.jdbc.internal.batch.TransactionSetup;
import com.techcorp.storage.Decision;
import com.techcorp.storage.Effect;
import com.techcorp.storage.Fence;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The statements of a writer repeat the rules of its domain, because the database has to check
 * them. Here both get the same generated cases, a state and a request each: they must accept the
 * same, and leave the same. {@code -Dseed} repeats a run, {@code -Drules.cases} makes it longer.
 *
 * @param <E> the effects
 * @param <C> a case
 */
@Tag("slow")
abstract class RuleAgreement<E extends Effect, C extends RuleAgreement.Case<E>> {
  /** The time that the database sees. */
  static final Instant NOW = Instant.parse("2030-06-15T12:00:00Z");

  private static final StatementTexts TEXTS = new StatementTexts(SchemaNames.DEFAULT);
  private static final int CASES = Integer.getInteger("rules.cases", 10_000);
  private static final int BATCH = 500;
  private static final int SHOWN = 10;

  /** Of each kind of request so many are accepted, and so many refused, in 10,000 cases. */
  private static final int OFTEN = 100;

  private static TestDatabase database;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<String, int[]> answers = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();

  /**
   * A state, and what is asked of it; the rows of different cases have nothing in common.
   *
   * @param <E> the effects
   */
  interface Case<E extends Effect> {
    UUID id();

    E request();

    /** The state as {@link RuleAgreement#read} tells it. */
    String before();

    /** What the rule says, with the state that follows as {@link RuleAgreement#read} tells it. */
    Decision<String> decision();
  }

  @BeforeAll
  static void createDatabase() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void dropDatabase() {
    database.close();
  }

  abstract EffectWriter<E> writer();

  abstract C generate(Random random);

  /** Adds the statements that write the states of these cases. */
  abstract void insert(List<C> cases, Statements to);

  /** Adds queries that give each case's state, in one or more rows of its id and a text. */
  abstract void read(List<C> cases, Statements.Rows rows, Statements to);

  /** Kinds of requests that no state refuses. */
  abstract Set<Class<?>> neverRefused();

  @Nullable Fence fence() {
    return null;
  }

  @Test
  void statementsAcceptAndWriteWhatTheRulesSay() throws SQLException {
    // given
    System.out.println(getClass().getSimpleName() + ": " + CASES + " cases, seed " + seed);
    try (Connection connection = database.pool().getConnection()) {
      connection.setAutoCommit(false);

      // when
      for (int done = 0; done < CASES; done += BATCH) {
        List<C> batch = new ArrayList<>();
        for (int i = 0; i < Math.min(BATCH, CASES - done); i++) {
          batch.add(generate(random));
        }
        compare(batch, connection);
        connection.rollback();
      }
    }

    // then
    answers.forEach(
        (kind, count) -> System.out.println(kind + ": " + count[0] + " yes, " + count[1] + " no"));
    assertThat(differences.stream().limit(SHOWN))
        .as(differences.size() + " differences, seed " + seed)
        .isEmpty();
    assertThatBothAnswersAreOften();
  }

  private void assertThatBothAnswersAreOften() {
    int often = OFTEN * CASES / 10_000;
    answers.forEach(
        (kind, count) -> {
          assertThat(count[0]).as(kind + " accepted, seed " + seed).isGreaterThan(often);
          if (neverRefused().stream().map(Class::getSimpleName).noneMatch(kind::equals)) {
            assertThat(count[1]).as(kind + " refused, seed " + seed).isGreaterThan(often);
          }
        });
  }

  private void compare(List<C> batch, Connection connection) throws SQLException {
    StatementBatch states = new StatementBatch(TEXTS);
    new TransactionSetup(Duration.ofMinutes(1), () -> NOW).addTo(states);
    insert(batch, states);
    states.add("savepoint states");
    states.execute(connection);
    compareStates("generated", batch, connection);
    compareGuard(batch, connection);

    List<C> accepted = new ArrayList<>();
    List<C> refused = new ArrayList<>();
    for (C one : batch) {
      boolean yes = one.decision() instanceof Decision.Accepted;
      (yes ? accepted : refused).add(one);
      answers.computeIfAbsent(kindOf(one), kind -> new int[2])[yes ? 0 : 1]++;
    }
    refused.forEach(one -> assertRefused(one, connection));
    undo(connection);
    SQLException fault = write(accepted, connection);
    if (fault != null) {
      accepted.forEach(one -> findRefused(one, connection));
      differences.add("the batch of what the rules accept is refused: " + fault.getMessage());
    } else {
      compareStates("written", batch, connection);
    }
  }

  private String kindOf(C one) {
    return one.request().getClass().getSimpleName();
  }

  /** What the guard loads must lead to the same answer. */
  private void compareGuard(List<C> batch, Connection connection) throws SQLException {
    StatementBatch loads = new StatementBatch(TEXTS);
    Guard<E> guard = writer().guard(batch.stream().map(C::request).toList(), fence(), loads);
    loads.execute(connection);
    for (C one : batch) {
      Failure answer = guard.admit(one.request());
      guard.undo();
      Failure expected = one.decision().ifAccepted(after -> {});
      if (!Objects.equals(answer, expected)) {
        differences.add("the guard says " + answer + ", not " + expected + ", of " + one);
      }
    }
    undo(connection);
  }

  private void assertRefused(C one, Connection connection) {
    if (write(List.of(one), connection) == null) {
      differences.add("the statement accepts what the rule refuses: " + one);
    }
  }

  private void findRefused(C one, Connection connection) {
    SQLException fault = write(List.of(one), connection);
    if (fault != null) {
      differences.add(
          "the statement refuses what the rule accepts (" + fault.getMessage() + "): " + one);
    }
  }

  /** Writes the requests of these cases alone; gives the guard's error, or null. */
  private @Nullable SQLException write(List<C> cases, Connection connection) {
    StatementBatch writes = new StatementBatch(TEXTS);
    writes.add("rollback to savepoint states");
    try {
      writer().write(cases.stream().map(C::request).toList(), fence(), writes);
      writes.execute(connection);
      return null;
    } catch (GuardFailedException e) {
      return new SQLException(e.getMessage(), "TC002");
    } catch (SQLException e) {
      assertThat(Sql.guardFailed(e)).as("a guard's error: " + e + " for " + cases).isTrue();
      return e;
    }
  }

  private static void undo(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("rollback to savepoint states");
    }
  }

  private void compareStates(String when, List<C> batch, Connection connection)
      throws SQLException {
    Map<UUID, List<String>> found = new HashMap<>();
    StatementBatch reads = new StatementBatch(TEXTS);
    read(
        batch,
        rows -> {
          while (rows.next()) {
            found
                .computeIfAbsent(rows.getObject(1, UUID.class), id -> new ArrayList<>())
                .add(rows.getString(2));
          }
        },
        reads);
    reads.execute(connection);
    for (C one : batch) {
      String expected = when.equals("written") ? after(one) : one.before();
      String is = text(found.getOrDefault(one.id(), List.of()));
      if (!is.equals(expected)) {
        differences.add(when + ": " + is + ", not " + expected + ", of " + one);
      }
    }
  }

  private String after(C one) {
    return one.decision() instanceof Decision.Accepted<String> accepted
        ? accepted.after()
        : one.before();
  }

  /** A decision with the state that follows as {@link #read} tells it. */
  static <S> Decision<String> described(Decision<S> decision, Function<S, String> text) {
    return decision instanceof Decision.Accepted<S> accepted
        ? Decision.accept(text.apply(accepted.after()))
        : new Decision.Refused<>(((Decision.Refused<S>) decision).failure());
  }

  /** The rows of a state in one text, whatever their order. */
  static String text(Collection<String> rows) {
    return String.join("; ", rows.stream().sorted().toList());
  }

  static UUID id(Random random) {
    return new UUID(random.nextLong(), random.nextLong());
  }

  static boolean chance(int percent, Random random) {
    return random.nextInt(100) < percent;
  }

  @SafeVarargs
  static <T> T oneOf(Random random, T... values) {
    return values[random.nextInt(values.length)];
  }
}
