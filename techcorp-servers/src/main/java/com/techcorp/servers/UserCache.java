package com.techcorp.servers;

import com.techcorp.servers.process.Directories;
import com.techcorp.servers.process.OsProcess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where the programs of servers are kept, unpacked, for all processes and builds of one user. */
public final class UserCache {
  private UserCache() {}

  /** Fills a directory. */
  public interface Filler {
    /**
     * Fills it.
     *
     * @param empty the directory
     * @throws IOException if that fails; the directory is deleted then
     */
    void fill(Path empty) throws IOException;
  }

  /**
   * The user's cache in the home directory, or where that cannot be written {@link #open()}.
   *
   * @return a directory that can be written
   * @throws IOException if there is none
   */
  public static Path directory() throws IOException {
    for (Path home : homes()) {
      Path cache = home.resolve("techcorp");
      try {
        Files.createDirectories(cache);
      } catch (IOException notOurs) {
        continue;
      }
      if (Files.isWritable(cache)) {
        return cache;
      }
    }
    return open();
  }

  /**
   * The user's cache in the directory for temporary files, where other users can read it.
   *
   * @return a directory that can be written
   * @throws IOException if there is none
   */
  public static Path open() throws IOException {
    String user = System.getProperty("user.name");
    Path cache = Path.of(System.getProperty("java.io.tmpdir"), "techcorp-" + user);
    Files.createDirectories(cache);
    // Anybody may create names in a temporary directory; what we execute must be our own.
    if (!OsProcess.windows() && !ownedByThisProcess(cache)) {
      throw new IOException(cache + " belongs to somebody else: remove it");
    }
    allow(cache, "rwxr-xr-x");
    return cache;
  }

  /**
   * A directory of a cache, filled if it is not there yet. Of several processes one fills it and
   * the others wait. It gets its name when it is whole, so one that is there is whole.
   *
   * @param cache {@link #directory()} or {@link #open()}
   * @param name of the directory in it
   * @param filler called if it is not there
   * @return the directory
   * @throws IOException if it cannot be filled
   */
  public static synchronized Path entry(Path cache, String name, Filler filler) throws IOException {
    Path entry = cache.resolve(name);
    if (Files.isDirectory(entry)) {
      return entry;
    }
    Path lock = cache.resolve(name + ".lock");
    try (FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock(); // until the channel is closed, or this process has died
      if (!Files.isDirectory(entry)) {
        fill(entry, cache.resolve(name + ".filling"), filler);
      }
    }
    return entry;
  }

  /**
   * Sets the permissions of a file, where the platform has them.
   *
   * @param path the file
   * @param permissions such as {@code rwxr-xr-x}
   * @throws IOException if they cannot be set
   */
  public static void allow(Path path, String permissions) throws IOException {
    if (!OsProcess.windows()) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  private static void fill(Path entry, Path filling, Filler filler) throws IOException {
    Directories.delete(filling); // what a killed process left
    Files.createDirectory(filling);
    try {
      filler.fill(filling);
      allow(filling, "rwxr-xr-x");
      Files.move(filling, entry, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Directories.delete(filling);
    }
  }

  private static List<Path> homes() {
    List<Path> homes = new ArrayList<>();
    String xdg = System.getenv("XDG_CACHE_HOME");
    if (xdg != null && Path.of(xdg).isAbsolute()) {
      homes.add(Path.of(xdg));
    }
    // The account's home may not exist where a container sets only the variable.
    Stream.of(System.getenv("HOME"), System.getProperty("user.home"))
        .filter(home -> home != null && Path.of(home).isAbsolute())
        .forEach(home -> homes.add(Path.of(home, ".cache")));
    return homes;
  }

  private static boolean ownedByThisProcess(Path path) throws IOException {
    Path probe = Files.createTempFile("techcorp-", "-owner");
    try {
      return Files.getOwner(path).equals(Files.getOwner(probe));
    } finally {
      Files.delete(probe);
    }
  }
}
