package com.techcorp.jdbc;

import com.techcorp.HostTransaction;
import com.techcorp.Storage;
import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.catalog.ProductCatalog;
import com.techcorp.error.WiringException;
import com.techcorp.inventory.spi.StockLedger;
import com.techcorp.inventory.spi.StockListener;
import com.techcorp.jdbc.internal.batch.Connections;
import com.techcorp.jdbc.internal.batch.FailureJson;
import com.techcorp.jdbc.internal.batch.JoinedUnitOfWork;
import com.techcorp.jdbc.internal.batch.PostgresUnitOfWork;
import com.techcorp.jdbc.internal.batch.StatementTexts;
import com.techcorp.jdbc.internal.batch.TransactionSetup;
import com.techcorp.jdbc.internal.batch.Transactions;
import com.techcorp.jdbc.internal.batch.Writers;
import com.techcorp.jdbc.internal.check.StartCheck;
import com.techcorp.jdbc.internal.read.PostgresCarts;
import com.techcorp.jdbc.internal.read.PostgresCatalog;
import com.techcorp.jdbc.internal.read.PostgresConsumerBacklog;
import com.techcorp.jdbc.internal.read.PostgresCustomers;
import com.techcorp.jdbc.internal.read.PostgresDeliveryLog;
import com.techcorp.jdbc.internal.read.PostgresInbox;
import com.techcorp.jdbc.internal.read.PostgresIndexJournal;
import com.techcorp.jdbc.internal.read.PostgresJournal;
import com.techcorp.jdbc.internal.read.PostgresKeys;
import com.techcorp.jdbc.internal.read.PostgresNodes;
import com.techcorp.jdbc.internal.read.PostgresOrders;
import com.techcorp.jdbc.internal.read.PostgresOutbox;
import com.techcorp.jdbc.internal.read.PostgresPayments;
import com.techcorp.jdbc.internal.read.PostgresProducts;
import com.techcorp.jdbc.internal.read.PostgresSearchRules;
import com.techcorp.jdbc.internal.read.PostgresSigningKeys;
import com.techcorp.jdbc.internal.read.PostgresStock;
import com.techcorp.jdbc.internal.read.PostgresUsers;
import com.techcorp.jdbc.internal.schema.Migrations;
import com.techcorp.jdbc.internal.write.LibraryWriters;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.Outbox;
import com.techcorp.notification.spi.DeliveryLog;
import com.techcorp.order.CartReader;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.order.spi.IdempotencyKeys;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.payment.spi.PaymentLedger;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.ProductSource;
import com.techcorp.search.SearchRules;
import com.techcorp.search.spi.IndexJournal;
import com.techcorp.storage.NodeRegistry;
import com.techcorp.storage.UnitOfWork;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything durable in the PostgreSQL (15 to 18) that your application already has, through
 * its own {@link DataSource}. Thread-safe. It opens no pool and sets nothing on a session: every
 * setting is {@code SET LOCAL}, so that a pooler in transaction mode works too.
 */
public final class PostgresStorage implements Storage {
  private static final Duration MIGRATION_TIMEOUT = Duration.ofMinutes(10);

  private final DataSource dataSource;
  private final Connections connections;
  private final Writers writers;
  private final StatementTexts texts;
  private final TransactionSetup settings;
  private final Duration timeout;
  private final Duration lockTimeout;
  private final Transactions transactions;
  private final FailureJson failures = new FailureJson();

  private PostgresStorage(Builder builder) {
    this.dataSource = builder.dataSource;
    this.timeout = builder.timeout;
    this.lockTimeout = builder.lockTimeout();
    this.settings = new TransactionSetup(builder.timeout, builder.clock);
    this.connections = new Connections(dataSource);
    this.texts = new StatementTexts(builder.schemas);
    this.transactions = new Transactions(connections, settings, texts, builder.readTimeout);
    this.writers = LibraryWriters.with(builder.writers, failures);
  }

  /**
   * Creates a storage on the host's data source, with default options.
   *
   * @param dataSource gives connections in auto-commit mode to a migrated database
   * @return the storage
   */
  public static PostgresStorage on(DataSource dataSource) {
    return builder(dataSource).build();
  }

  /**
   * Returns a builder for a storage on the host's data source.
   *
   * @param dataSource gives connections in auto-commit mode to a migrated database
   * @return a builder
   */
  public static Builder builder(DataSource dataSource) {
    return new Builder(dataSource);
  }

  /**
   * Creates or updates the library's schemas under their default names, as {@link
   * #migrate(DataSource, SchemaNames)} does.
   *
   * @param dataSource a role that may create schemas; gives connections in auto-commit mode
   * @throws com.techcorp.error.UnavailableException if the database cannot be reached or does not
   *     answer; the migration may be repeated
   * @throws WiringException if a schema of that name exists and is not the library's; or if a
   *     connection comes with auto-commit off
   * @throws org.flywaydb.core.api.FlywayException if the database refuses the migration
   */
  public static void migrate(DataSource dataSource) {
    migrate(dataSource, SchemaNames.DEFAULT);
  }

  /**
   * Creates or updates the library's schemas with Flyway. Its history is the table {@code
   * techcorp_schema_history} in the schema of sagas, apart from the host's own.
   *
   * <p>A statement that the server does not answer for 10 minutes is given up with its connection;
   * {@link #migrate(DataSource, SchemaNames, Duration)} takes another limit.
   *
   * @param dataSource a role that may create schemas; gives connections in auto-commit mode
   * @param schemas the names of the schemas, and whether there are tables for carts, products and
   *     customers, or for users who log in
   * @throws com.techcorp.error.UnavailableException if the database cannot be reached or does not
   *     answer; the migration may be repeated
   * @throws WiringException if a schema of that name exists and is not the library's: the message
   *     names it, and nothing was created; or if a connection comes with auto-commit off
   * @throws org.flywaydb.core.api.FlywayException if the database refuses the migration
   */
  public static void migrate(DataSource dataSource, SchemaNames schemas) {
    migrate(dataSource, schemas, MIGRATION_TIMEOUT);
  }

  /**
   * Migrates as {@link #migrate(DataSource, SchemaNames)} does, with another time limit, such as a
   * longer one for a migration that rewrites a large table.
   *
   * @param dataSource a role that may create schemas; gives connections in auto-commit mode
   * @param schemas the names of the schemas
   * @param timeout how long the answer to a statement may take, also while it waits for a lock;
   *     positive
   * @throws com.techcorp.error.UnavailableException if the database cannot be reached or does not
   *     answer; the migration may be repeated
   * @throws WiringException if a schema of that name exists and is not the library's; or if a
   *     connection comes with auto-commit off
   * @throws org.flywaydb.core.api.FlywayException if the database refuses the migration
   */
  public static void migrate(DataSource dataSource, SchemaNames schemas, Duration timeout) {
    new Migrations(dataSource, schemas, positive(timeout)).run();
  }

  private static Duration positive(Duration timeout) {
    if (timeout.toMillis() < 1) {
      throw new WiringException("a time-out must be at least 1 ms, was " + timeout);
    }
    return timeout;
  }

  /**
   * Returns the host's own open transaction: to place an order, start a saga, publish an event or
   * take one in it. It is neither committed nor rolled back here.
   *
   * @param connection with auto-commit off
   * @return writes inside that transaction; use it from the connection's thread only
   */
  public HostTransaction within(Connection connection) {
    return new HostTransaction(new JoinedUnitOfWork(connection, writers, texts));
  }

  @Override
  public void checkReady(EngineOptions engine) {
    new StartCheck(dataSource, connections, texts.names(), timeout).run(engine);
  }

  @Override
  public UnitOfWork unitOfWork() {
    return new PostgresUnitOfWork(connections, writers, settings, lockTimeout, texts, null);
  }

  @Override
  public UnitOfWork countingUnitOfWork(StockListener listener) {
    return new PostgresUnitOfWork(connections, writers, settings, lockTimeout, texts, listener);
  }

  @Override
  public SagaJournal journal() {
    return new PostgresJournal(transactions, failures);
  }

  @Override
  public NodeRegistry nodes() {
    return new PostgresNodes(transactions);
  }

  @Override
  public OrderStore orders() {
    return new PostgresOrders(transactions);
  }

  @Override
  public IdempotencyKeys keys() {
    return new PostgresKeys(transactions);
  }

  @Override
  public StockLedger stock() {
    return new PostgresStock(transactions);
  }

  @Override
  public PaymentLedger payments() {
    return new PostgresPayments(transactions);
  }

  @Override
  public Outbox outbox() {
    return new PostgresOutbox(transactions);
  }

  @Override
  public Inbox inbox() {
    return new PostgresInbox(transactions);
  }

  @Override
  public ConsumerBacklog consumerBacklog() {
    return new PostgresConsumerBacklog(transactions);
  }

  @Override
  public DeliveryLog deliveries() {
    return new PostgresDeliveryLog(transactions);
  }

  /**
   * Carts from the table {@code carts.carts}, for hosts that have none of their own.
   *
   * @return the reader
   * @throws WiringException without {@link SchemaNames#withHostTables}
   */
  public CartReader carts() {
    requireHostTables();
    return new PostgresCarts(transactions);
  }

  /**
   * Products from the table {@code catalog.products}, for hosts that have none of their own.
   *
   * @return the catalogue
   * @throws WiringException without {@link SchemaNames#withHostTables}
   */
  public ProductCatalog catalog() {
    requireHostTables();
    return new PostgresCatalog(transactions);
  }

  /**
   * Customers from the table {@code customers.customers}, for hosts that have none of their own.
   *
   * @return the directory
   * @throws WiringException without {@link SchemaNames#withHostTables}
   */
  public CustomerDirectory customers() {
    requireHostTables();
    return new PostgresCustomers(transactions);
  }

  private void requireHostTables() {
    if (!texts.names().hostTables()) {
      throw new WiringException(
          "the library has no carts, products and customers of its own unless it is asked for them:"
              + " give SchemaNames.DEFAULT.withHostTables() to PostgresStorage.migrate and to"
              + " PostgresStorage.builder(dataSource).schemas(…)");
    }
  }

  /**
   * Users from the table {@code auth.users}, for hosts that have none of their own. What happens to
   * a user is published by the outbox of this storage, in the transaction of the change.
   *
   * @return the directory
   * @throws WiringException without {@link SchemaNames#withAuthTables}
   */
  public UserDirectory users() {
    requireAuthTables();
    return new PostgresUsers(transactions, writers, texts);
  }

  /**
   * Returns the keys that sign access tokens, from the table {@code auth.signing_keys}, for all
   * processes on this database. Their times are the database's.
   *
   * @return the store
   * @throws WiringException without {@link SchemaNames#withAuthTables}
   */
  public SigningKeyStore signingKeys() {
    requireAuthTables();
    return new PostgresSigningKeys(transactions);
  }

  /**
   * Returns the journal of indexing, for all processes on this database. Its times are the
   * database's. It belongs on the primary of the catalogue.
   *
   * @return the journal
   * @throws WiringException without {@link SchemaNames#withSearchTables}
   */
  public IndexJournal indexJournal() {
    requireSearchTables();
    return new PostgresIndexJournal(transactions);
  }

  /**
   * Returns the synonyms and rules of the index that {@link IndexOptions#DEFAULT} names, for all
   * processes on this database.
   *
   * @return synonyms and rules
   * @throws WiringException without {@link SchemaNames#withSearchTables}
   */
  public SearchRules searchRules() {
    return searchRules(IndexOptions.DEFAULT);
  }

  /**
   * Returns the synonyms and rules of an index, for all processes on this database. An index in
   * another language has others.
   *
   * @param settings of the index, of which the name counts
   * @return synonyms and rules
   * @throws WiringException without {@link SchemaNames#withSearchTables}
   */
  public SearchRules searchRules(IndexOptions settings) {
    requireSearchTables();
    return new PostgresSearchRules(transactions, settings.name());
  }

  private void requireSearchTables() {
    if (!texts.names().searchTables()) {
      throw new WiringException(
          "the library keeps no journal of indexing and no search rules unless it is asked for them:"
              + " give SchemaNames.DEFAULT.withSearchTables() to PostgresStorage.migrate and to"
              + " PostgresStorage.builder(dataSource).schemas(…)");
    }
  }

  /**
   * Products as they are to be found, for hosts that have no catalogue of their own: title, price
   * and time from the table {@code catalog.products}, the stock from {@code inventory.stock}, and
   * from the column {@code document} the fields {@code description}, {@code original_price} (in
   * minor units, as the price is), {@code category}, {@code brand}, {@code attributes} and {@code
   * popularity_score}. A product in another currency than the index's cannot be indexed.
   *
   * @param settings of the index
   * @return the source
   * @throws WiringException without {@link SchemaNames#withHostTables}
   */
  public ProductSource products(IndexOptions settings) {
    requireHostTables();
    return new PostgresProducts(transactions, settings);
  }

  private void requireAuthTables() {
    if (!texts.names().authTables()) {
      throw new WiringException(
          "the library has no users and signing keys of its own unless it is asked for them: give"
              + " SchemaNames.DEFAULT.withAuthTables() to PostgresStorage.migrate and to"
              + " PostgresStorage.builder(dataSource).schemas(…)");
    }
  }

  /** Collects the options of a storage. Not thread-safe. */
  public static final class Builder {
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final List<EffectWriter<?>> writers = new ArrayList<>();
    private SchemaNames schemas = SchemaNames.DEFAULT;
    private Duration timeout = Duration.ofSeconds(4);
    private @Nullable Duration lockTimeout;
    private Duration readTimeout = Duration.ofSeconds(10);
    private @Nullable InstantSource clock;

    private Builder(DataSource dataSource) {
      this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
    }

    /**
     * Teaches the unit of work to write a host's own effects.
     *
     * @param writer writes them
     * @return this
     */
    public Builder writer(EffectWriter<?> writer) {
      writers.add(writer);
      return this;
    }

    /**
     * Sets the names of the library's schemas, as given to {@link
     * PostgresStorage#migrate(DataSource, SchemaNames)}. Default: {@link SchemaNames#DEFAULT}.
     *
     * @param names the names
     * @return this
     */
    public Builder schemas(SchemaNames names) {
      this.schemas = Objects.requireNonNull(names, "names");
      return this;
    }

    /**
     * Sets the time after which a statement, a wait for a lock, or an idle transaction of the
     * library is ended. Default: 4 s. It must be shorter than the engine's lease, so that a paused
     * process never holds locks for longer than it holds its lease.
     *
     * <p>A connection on which the server says nothing for 19/16 of it (4.75 s) is given up; what
     * was sent on it may have been done.
     *
     * @param limit positive
     * @return this
     */
    public Builder timeout(Duration limit) {
      this.timeout = limit;
      return this;
    }

    /**
     * Sets how long a batch of orders waits for a locked row, such as a stock row in a transaction
     * of yours. The write sets that need the row are then tried again later, and the others are
     * committed without it. Default: 1 s, or half of {@link #timeout} if that is less: batches hold
     * a row for milliseconds, so a wait of a second is caused by another transaction, and the whole
     * batch waits with it.
     *
     * @param limit at least 10 ms and shorter than {@link #timeout}; else {@link #build} throws
     *     {@link WiringException}
     * @return this
     */
    public Builder lockTimeout(Duration limit) {
      this.lockTimeout = limit;
      return this;
    }

    private Duration lockTimeout() {
      if (lockTimeout == null) {
        Duration half = timeout.dividedBy(2);
        return half.compareTo(LOCK_TIMEOUT) < 0 ? half : LOCK_TIMEOUT;
      }
      if (lockTimeout.toMillis() < 10 || lockTimeout.compareTo(timeout) >= 0) {
        throw new WiringException(
            "lockTimeout must be at least 10 ms and shorter than the time-out of "
                + timeout
                + ", was "
                + lockTimeout);
      }
      return lockTimeout;
    }

    /**
     * Sets the time after which a read query (orders, keys, stock, carts, products, customers)
     * without an answer is given up, with its connection. Default: 10 s.
     *
     * @param limit positive
     * @return this
     */
    public Builder readTimeout(Duration limit) {
      this.readTimeout = limit;
      return this;
    }

    /**
     * Replaces the database's clock, for tests: statements then get the instant as a parameter.
     *
     * @param stepped the clock
     * @return this
     */
    public Builder clock(InstantSource stepped) {
      this.clock = stepped;
      return this;
    }

    /**
     * Creates the storage; opens no connection.
     *
     * @return the storage
     */
    public PostgresStorage build() {
      return new PostgresStorage(this);
    }
  }
}
