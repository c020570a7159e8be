package com.techcorp.servers.postgres;

/** What the environment says about the server to use. */
final class PostgresVariables {
  static final String URL = "TECHCORP_POSTGRES_URL";
  static final String MAJOR = "techcorp.postgres.major";

  private PostgresVariables() {}
}
