package com.techcorp.examples.demo;

import com.techcorp.TechCorp;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.jdbc.SchemaNames;
import com.techcorp.notification.MessageSender;
import com.techcorp.payment.PaymentGateway;
import javax.sql.DataSource;

/** The library as the demo's processes start it: all defaults, on the default tables. */
final class DemoShop {
  /** With the library's own tables for carts, products and customers, and for search. */
  static final SchemaNames SCHEMAS = SchemaNames.DEFAULT.withHostTables().withSearchTables();

  /** With those and the tables of users who log in. */
  static final SchemaNames SCHEMAS_WITH_USERS = SCHEMAS.withAuthTables();

  private DemoShop() {}

  /** The storage of a database that was migrated with {@link #SCHEMAS}. */
  static PostgresStorage storage(DataSource dataSource) {
    return PostgresStorage.builder(dataSource).schemas(SCHEMAS).build();
  }

  /** Starts it under a name that tells the process to those who read {@code saga.nodes}. */
  static TechCorp start(DataSource dataSource, PaymentGateway payments, MessageSender mail) {
    return wired(storage(dataSource), payments, mail).start();
  }

  /** Starts it so with a search. */
  static TechCorp startWithSearch(
      DataSource dataSource, PaymentGateway payments, MessageSender mail) {
    PostgresStorage storage = storage(dataSource);
    return wired(storage, payments, mail).search(DemoSearch.setup(storage)).start();
  }

  private static TechCorp.Builder wired(
      PostgresStorage storage, PaymentGateway payments, MessageSender mail) {
    return TechCorp.builder()
        .storage(storage)
        .carts(storage.carts())
        .catalog(storage.catalog())
        .customers(storage.customers())
        .payments(payments)
        .sender(mail)
        .name(name(ProcessHandle.current().pid()));
  }

  /** The name of a process, as a node and as an application at the database. */
  static String name(long pid) {
    return "demo " + pid;
  }
}
