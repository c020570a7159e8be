package com.techcorp.servers.postgres;

import com.techcorp.servers.UserCache;
import com.techcorp.servers.process.OsProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
      return UserCache.entry(
          cache(), "postgres-" + digest(archive), directory -> unpack(archive, directory));
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
    // Nobody cannot be expected to reach a home directory.
    return ServerAccount.current().nobody() ? UserCache.open() : UserCache.directory();
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
      UserCache.allow(path, (entry.getMode() & OWNER_EXECUTES) != 0 ? "rwxr-xr-x" : "rw-r--r--");
    }
  }
}
