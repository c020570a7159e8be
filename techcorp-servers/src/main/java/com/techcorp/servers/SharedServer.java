package com.techcorp.servers;

/**
 * The server that the tests of a JVM share, and how it was found.
 *
 * @param <A> how to reach such a server
 * @param access how to reach it
 * @param route how it was found, for people
 * @param outlives whether it goes on after this JVM
 */
public record SharedServer<A>(A access, String route, boolean outlives) {
  /**
   * The ways to a server of one kind.
   *
   * @param <A> how to reach such a server
   */
  public interface Ways<A> {
    /**
     * The name of the kind.
     *
     * @return such as {@code PostgreSQL}
     */
    String name();

    /**
     * The environment variable that holds the address of a server to use.
     *
     * @return its name
     */
    String variable();

    /**
     * Takes the server that somebody else runs.
     *
     * @param address the value of the variable
     * @return how to reach it
     */
    A given(String address);

    /**
     * Whether Docker can be asked for one.
     *
     * @return true if the class path has its container and an engine answers
     */
    boolean containerUsable();

    /**
     * The image to run in Docker.
     *
     * @return its name and tag
     */
    String image();

    /**
     * Starts a container that is removed when this JVM has ended.
     *
     * @return how to reach it
     */
    A startContainer();

    /**
     * Starts a private process.
     *
     * @return how to reach it, and its process id in words
     * @throws IllegalStateException if there is nothing to start; the message says how to get it
     */
    Started<A> startProcess();
  }

  /**
   * A private process that was started.
   *
   * @param <A> how to reach such a server
   * @param access how to reach it
   * @param pid its process id
   */
  public record Started<A>(A access, long pid) {}

  /**
   * Finds a server: the one that the variable names; or else one in Docker; or else a private
   * process.
   *
   * @param <A> how to reach such a server
   * @param ways what to try
   * @return the server
   * @throws IllegalStateException when there is none to be had; the message says how to get one
   */
  public static <A> SharedServer<A> find(Ways<A> ways) {
    String given = System.getenv(ways.variable());
    if (given != null && !given.isBlank()) {
      return new SharedServer<>(ways.given(given), ways.variable(), true);
    }
    String withoutDocker = "";
    if (ways.containerUsable()) {
      try {
        return new SharedServer<>(ways.startContainer(), "Docker, " + ways.image(), false);
      } catch (RuntimeException e) {
        // An engine without access to images is common behind proxies.
        withoutDocker =
            " (Docker answers but cannot run " + ways.image() + ": " + e.getMessage() + ")";
      }
    }
    try {
      Started<A> started = ways.startProcess();
      String route = "private process " + started.pid() + withoutDocker;
      return new SharedServer<>(started.access(), route, false);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "No " + ways.name() + " for the tests" + withoutDocker + ": " + e.getMessage(), e);
    }
  }
}
