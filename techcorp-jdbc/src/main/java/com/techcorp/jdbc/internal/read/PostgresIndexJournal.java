package com.techcorp.jdbc.internal.read;

import com.techcorp.jdbc.internal.batch.Times;
import com.techcorp.jdbc.internal.batch.Transactions;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductSource;
import com.techcorp.search.spi.IndexJournal;
import com.techcorp.search.spi.Readings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Versions, targets and progress of indexing, in the schema {@code search}. */
public final class PostgresIndexJournal implements IndexJournal {
  /** The class of advisory locks that products hash into: "tcix" in ASCII. */
  private static final int LOCK_NAMESPACE = 0x74636978;

  /** A batch of any size takes at most so many locks. */
  private static final int STRIPES = 256;

  /** In the order of the array, so that no two turns wait for each other. */
  private static final String LOCK =
      "select pg_advisory_xact_lock(:namespace, s) from unnest(:stripes) s";

  /**
   * A target that was registered while this waits for the row may be missing from the list. That is
   * harmless: who fills it reads these products in a later turn, because their locks are held.
   */
  private static final String VERSIONS =
      """
      with given as (
        insert into ${search}.version_clock as c (last)
        values (greatest(:n, (extract(epoch from ${saga}.clock()) * 1000000)::bigint))
        on conflict (only_row) do update set last = greatest(c.last + :n, excluded.last)
        returning last)
      select last, ${saga}.clock() as now,
        array(select target from ${search}.targets where index_name = :index) as targets
      from given
      """;

  private static final String LAST = "select coalesce(max(last), 0) from ${search}.version_clock";

  private static final String NOW = "select ${saga}.clock()";

  private static final String TARGETS =
      """
      select target, role, since from ${search}.targets where index_name = :index order by target
      """;

  private static final String REGISTER =
      """
      insert into ${search}.targets (index_name, target, role, since)
      values (:index, :target, :role, ${saga}.clock())
      on conflict (index_name, target) do update set role = excluded.role, since = excluded.since
      """;

  private static final String REMOVE =
      "delete from ${search}.targets where index_name = :index and target = :target";

  private static final String CLAIM =
      """
      insert into ${search}.rebuilds as r
        (index_name, target, last_product, done, started_at, owner, leased_until)
      select :index, :target, null, 0, t.now, :owner, t.now + :lease * interval '1 ms'
      from (select ${saga}.clock() as now) t
      on conflict (index_name) do update set owner = excluded.owner,
        leased_until = excluded.leased_until
        where r.leased_until <= excluded.started_at
      returning target, last_product, done, started_at, owner
      """;

  private static final String PROGRESS =
      """
      update ${search}.rebuilds
      set last_product = :after, done = :done,
        leased_until = ${saga}.clock() + :lease * interval '1 ms'
      where index_name = :index and owner = :owner
      """;

  private static final String END =
      "delete from ${search}.rebuilds where index_name = :index and owner = :owner";

  private static final String REBUILD =
      """
      select target, last_product, done, started_at, owner from ${search}.rebuilds
      where index_name = :index
      """;

  private static final String GENERATION =
      "select generation from ${search}.generations where index_name = :index";

  private static final String NEXT_GENERATION =
      """
      insert into ${search}.generations as g (index_name, generation) values (:index, 1)
      on conflict (index_name) do update set generation = g.generation + 1
      returning generation
      """;

  private static final String CURSOR_KEY =
      """
      insert into ${search}.version_clock as c (last) values (0)
      on conflict (only_row) do update set last = c.last returning cursor_key
      """;

  private final Transactions transactions;

  public PostgresIndexJournal(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Turn turn(String instance, Collection<UUID> products, ProductSource source) {
    Set<UUID> distinct = new LinkedHashSet<>(products);
    return transactions.run(
        handle -> {
          lock(handle, distinct);
          Readings read = Readings.of(distinct, inTransaction(handle, source));
          return handle
              .createQuery(VERSIONS)
              .bind("n", distinct.size())
              .bind("index", instance)
              .map((row, context) -> turn(row, distinct, read))
              .one();
        });
  }

  private static void lock(Handle handle, Set<UUID> products) {
    Set<Integer> stripes = new TreeSet<>();
    products.forEach(product -> stripes.add(Math.floorMod(product.hashCode(), STRIPES)));
    handle
        .createQuery(LOCK)
        .bind("namespace", LOCK_NAMESPACE)
        .bindArray("stripes", Integer.class, stripes.toArray())
        .map((row, context) -> true)
        .list();
  }

  /** Our own source reads on the connection that holds the locks, and needs no second one. */
  private ProductSource inTransaction(Handle handle, ProductSource source) {
    return source instanceof PostgresProducts own && own.isOf(transactions)
        ? new OnHandle(handle, own)
        : source;
  }

  private record OnHandle(Handle handle, PostgresProducts products) implements ProductSource {
    @Override
    public Map<UUID, ProductDocument> load(Collection<UUID> ids) {
      return products.load(handle, ids);
    }

    @Override
    public List<UUID> idsAfter(@Nullable UUID after, int limit) {
      return products.idsAfter(after, limit);
    }
  }

  private static Turn turn(ResultSet row, Set<UUID> products, Readings read) throws SQLException {
    long version = row.getLong("last") - products.size();
    Map<UUID, Reading> readings = new HashMap<>();
    for (UUID product : products) {
      readings.put(product, read.of(product, ++version));
    }
    String[] targets = (String[]) row.getArray("targets").getArray();
    return new Turn(readings, Set.copyOf(Arrays.asList(targets)), Times.instant(row, "now"));
  }

  @Override
  public long lastVersion() {
    return transactions.read(handle -> handle.createQuery(LAST).mapTo(Long.class).one());
  }

  @Override
  public Instant now() {
    return transactions.run(
        handle ->
            handle
                .createQuery(NOW)
                .map((row, context) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .one());
  }

  @Override
  public List<Target> targets(String instance) {
    return transactions.read(
        handle ->
            handle
                .createQuery(TARGETS)
                .bind("index", instance)
                .map(
                    (row, context) ->
                        new Target(
                            row.getString("target"),
                            Role.valueOf(row.getString("role")),
                            Times.instant(row, "since")))
                .list());
  }

  @Override
  public void register(String instance, Target target) {
    transactions.run(
        handle ->
            handle
                .createUpdate(REGISTER)
                .bind("index", instance)
                .bind("target", target.name())
                .bind("role", target.role().name())
                .execute());
  }

  @Override
  public void remove(String instance, String target) {
    transactions.run(
        handle ->
            handle.createUpdate(REMOVE).bind("index", instance).bind("target", target).execute());
  }

  @Override
  public Optional<Rebuild> claimRebuild(
      String instance, String owner, Duration lease, String target) {
    return transactions.run(
        handle ->
            handle
                .createQuery(CLAIM)
                .bind("index", instance)
                .bind("target", target)
                .bind("owner", owner)
                .bind("lease", lease.toMillis())
                .map((row, context) -> rebuild(row))
                .findOne());
  }

  private static Rebuild rebuild(ResultSet row) throws SQLException {
    return new Rebuild(
        row.getString("target"),
        row.getObject("last_product", UUID.class),
        row.getLong("done"),
        Times.instant(row, "started_at"),
        row.getString("owner"));
  }

  @Override
  public boolean progress(
      String instance, String owner, Duration lease, @Nullable UUID after, long done) {
    return transactions.run(
        handle ->
            handle
                    .createUpdate(PROGRESS)
                    .bind("index", instance)
                    .bind("owner", owner)
                    .bind("lease", lease.toMillis())
                    .bindByType("after", after, UUID.class)
                    .bind("done", done)
                    .execute()
                == 1);
  }

  @Override
  public boolean endRebuild(String instance, String owner) {
    return transactions.run(
        handle ->
            handle.createUpdate(END).bind("index", instance).bind("owner", owner).execute() == 1);
  }

  @Override
  public Optional<Rebuild> rebuild(String instance) {
    return transactions.read(
        handle ->
            handle
                .createQuery(REBUILD)
                .bind("index", instance)
                .map((row, context) -> rebuild(row))
                .findOne());
  }

  @Override
  public long generation(String instance) {
    return transactions.read(
        handle ->
            handle
                .createQuery(GENERATION)
                .bind("index", instance)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
  }

  @Override
  public long nextGeneration(String instance) {
    return transactions.run(
        handle ->
            handle.createQuery(NEXT_GENERATION).bind("index", instance).mapTo(Long.class).one());
  }

  @Override
  public byte[] cursorKey() {
    return transactions.run(handle -> handle.createQuery(CURSOR_KEY).mapTo(byte[].class).one());
  }
}
