package com.techcorp.servers.redis;

import com.techcorp.servers.DebianPackages;
import com.techcorp.servers.process.Directories;
import com.techcorp.servers.process.OsProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program of a Redis or Valkey server.
 *
 * @param words the command that becomes the server
 */
record RedisProgram(List<String> words) {
  /** What to tell those who have no server. */
  static final String ADVICE =
      "set "
          + RedisVariables.URL
          + " to an address such as redis://127.0.0.1:6379; or start Docker and add"
          + " org.testcontainers:testcontainers to the test class path; or install redis-server or"
          + " valkey-server; or run on a Debian or Ubuntu that packages Redis 7.0 or newer, for the"
          + " first run with access to the system's package sources.";

  private static final List<String> INSTALLED = List.of("redis-server", "valkey-server");

  /** All that redis-server needs to run and that is not part of every system. */
  private static final List<String> PACKAGES =
      List.of("redis-server", "redis-tools", "libjemalloc2", "liblzf1");

  private static final Pattern VERSION = Pattern.compile("\\bv=((\\d+)[.\\d]*)");
  private static final int OLDEST_MAJOR = 7;

  /**
   * The one that is installed, or else that of the distribution's packages.
   *
   * @throws IllegalStateException when there is none; the message says how to get one
   */
  static RedisProgram find() {
    return find(INSTALLED, () -> DebianPackages.extracted("redis", PACKAGES, root -> {}));
  }

  /**
   * The same, looking elsewhere.
   *
   * @param installed names to try first
   * @param packages gives the directory with the extracted packages
   */
  static RedisProgram find(List<String> installed, Supplier<Path> packages) {
    try {
      for (String name : installed) {
        if (OsProcess.succeeds(List.of(name, "--version"))) {
          return new RedisProgram(List.of(name)).supported();
        }
      }
      return extracted(packages.get()).supported();
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "No Redis to start: " + e.getMessage() + "\nFor one, " + ADVICE, e);
    }
  }

  private static RedisProgram extracted(Path root) {
    Path usr = root.resolve("usr");
    String program = usr.resolve("bin/redis-server").toString();
    List<String> words = new ArrayList<>(List.of("env"));
    try {
      // Its libraries were extracted with it, and lie where this machine does not look.
      for (Path libraries : Directories.list(usr.resolve("lib"), "*-linux-*")) {
        words.add("LD_LIBRARY_PATH=" + libraries);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    words.add(program);
    return new RedisProgram(List.copyOf(words));
  }

  private RedisProgram supported() {
    List<String> command = new ArrayList<>(words);
    command.add("--version");
    OsProcess.Finished finished = OsProcess.run(command);
    Matcher version = VERSION.matcher(finished.output());
    if (finished.exitCode() != 0 || !version.find()) {
      throw new IllegalStateException(String.join(" ", command) + " said " + finished.output());
    }
    if (Integer.parseInt(version.group(2)) < OLDEST_MAJOR) {
      throw new IllegalStateException(
          "Redis " + version.group(1) + " is too old, it takes " + OLDEST_MAJOR + ".0 or newer");
    }
    return this;
  }
}
