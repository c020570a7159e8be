package com.techcorp.testkit.servers;

import com.techcorp.testkit.process.Directories;
import com.techcorp.testkit.process.OsProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The programs of PostgreSQL, unpacked from the zonky jar on the class path into a cache that
 * processes and builds share: once for each content of the jar.
 */
final class PostgresBinaries {
  private static final int OWNER_EXECUTES = 0100;

  private PostgresBinaries() {}

  /** Whether the class path has binaries for this platform. */
  static boolean present() {
    return open() != null;
  }

  /**
   * Unpacks the binaries unless the cache has them.
   *
   * @return the directory that holds {@code bin}
   * @throws IllegalStateException when the class path has none for this platform
   */
  static Path directory() {
    try (InputStream packed = open()) {
      if (packed == null) {
        throw new IllegalStateException("No " + resource() + " on the class path");
      }
      byte[] archive = packed.readAllBytes();
      Path cache = cache();
      Path directory = cache.resolve("postgres-" + digest(archive));
      if (!Files.isDirectory(directory)) {
        unpackAtomically(archive, cache, directory);
      }
      return directory;
    } catch (IOException e) {
      throw new IllegalStateException("Cannot unpack PostgreSQL: " + e, e);
    }
  }

  /** The file of a program in {@code directory}. */
  static String program(Path directory, String name) {
    return directory.resolve("bin").resolve(OsProcess.windows() ? name + ".exe" : name).toString();
  }

  private static @Nullable InputStream open() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    InputStream found = loader == null ? null : loader.getResourceAsStream(resource());
    return found != null
        ? found
        : PostgresBinaries.class.getClassLoader().getResourceAsStream(resource());
  }

  private static String resource() {
    String system = OsProcess.windows() ? "windows" : OsProcess.linux() ? "linux" : "darwin";
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    return "postgres-" + system + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
  }

  private static String digest(byte[] archive) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }

  private static Path cache() throws IOException {
    if (!ServerAccount.current().nobody()) {
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
    }
    return sharedCache();
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

  private static Path sharedCache() throws IOException {
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

  private static boolean ownedByThisProcess(Path path) throws IOException {
    Path probe = Files.createTempFile("techcorp-", "-owner");
    try {
      return Files.getOwner(path).equals(Files.getOwner(probe));
    } finally {
      Files.delete(probe);
    }
  }

  private static void unpackAtomically(byte[] archive, Path cache, Path directory)
      throws IOException {
    Path unpacking = Files.createTempDirectory(cache, "unpacking-");
    try {
      unpack(archive, unpacking);
      allow(unpacking, "rwxr-xr-x");
      Files.move(unpacking, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
      // Another process was faster, and its directory is as good.
    } finally {
      Directories.delete(unpacking);
    }
  }

  private static void unpack(byte[] archive, Path directory) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        Path path = directory.resolve(entry.getName()).normalize();
        if (!path.startsWith(directory)) {
          throw new IOException("The archive leaves its directory: " + entry.getName());
        }
        unpack(entry, tar, path);
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path path)
      throws IOException {
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
    } else if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, path);
      allow(path, (entry.getMode() & OWNER_EXECUTES) != 0 ? "rwxr-xr-x" : "rw-r--r--");
    }
  }

  private static void allow(Path path, String permissions) throws IOException {
    if (!OsProcess.windows()) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }
}
