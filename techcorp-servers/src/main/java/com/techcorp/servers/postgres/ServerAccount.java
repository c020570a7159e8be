package com.techcorp.servers.postgres;

import com.techcorp.servers.process.OsProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The account a server runs under. PostgreSQL refuses root, so as root on Linux it gets a user
 * namespace of its own, where the files stay root's and yet nobody is root; where namespaces are
 * forbidden, it gets the user nobody, who must then own the data and be able to reach the binaries.
 *
 * @param prefix the words in front of a server's command, may be empty
 * @param nobody whether the server runs as the user nobody
 */
record ServerAccount(List<String> prefix, boolean nobody) {
  private static final String NOBODY = "65534";
  private static @Nullable ServerAccount current;

  /** The account for this JVM, found once. */
  static synchronized ServerAccount current() {
    if (current == null) {
      current = find();
    }
    return current;
  }

  /** Puts what is needed in front of a command that ends by itself. */
  List<String> command(List<String> words) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(words);
    return command;
  }

  /** Puts what is needed in front of a command that has to end with this JVM. */
  List<String> guardedCommand(List<String> words) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(OsProcess.endWithParent());
    command.addAll(words);
    return command;
  }

  /** Lets the account pass through a directory, but not through those above it. */
  void admit(Path directory) {
    if (!nobody) {
      return;
    }
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
      permissions.add(PosixFilePermission.OTHERS_EXECUTE);
      Files.setPosixFilePermissions(directory, permissions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a failure of the server may come from, empty where the account is this JVM's own. */
  String advice() {
    return nobody ? " (it runs as nobody, who must be able to reach its directory)" : "";
  }

  /** Gives a directory and all in it to the account, where that is not this JVM's own. */
  void own(Path directory) {
    if (!nobody) {
      return;
    }
    OsProcess.Finished chown =
        OsProcess.run(List.of("chown", "-R", NOBODY + ":" + NOBODY, directory.toString()));
    if (chown.exitCode() != 0) {
      throw new IllegalStateException("Cannot give away " + directory + ": " + chown.output());
    }
  }

  private static ServerAccount find() {
    if (!OsProcess.linux() || !root()) {
      return new ServerAccount(List.of(), false);
    }
    if (OsProcess.succeeds(List.of("unshare", "-U", "true"))) {
      return new ServerAccount(List.of("unshare", "-U"), false);
    }
    List<String> setpriv =
        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    List<String> probe = new ArrayList<>(setpriv);
    probe.add("true");
    if (OsProcess.succeeds(probe)) {
      return new ServerAccount(setpriv, true);
    }
    throw new IllegalStateException(
        "PostgreSQL does not run as root, and neither unshare nor setpriv (Debian: util-linux) can"
            + " drop root here. Run the build as another user, or set "
            + PostgresVariables.URL
            + ".");
  }

  private static boolean root() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
