package com.techcorp.servers;

import com.techcorp.servers.process.Directories;
import com.techcorp.servers.process.OsProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Programs from the packages of the Debian or Ubuntu that this machine runs: downloaded by apt-get,
 * which checks their signatures, and extracted into the user's cache. Nothing is installed, nothing
 * of the system is written, and no root is needed.
 */
public final class DebianPackages {
  private static final int END = 1_500;

  private DebianPackages() {}

  /**
   * Downloads and extracts packages unless the cache has them.
   *
   * @param name of the directory in the cache, together with the system's release
   * @param packages their names, with all those they need and that a small system may lack
   * @param finish is given the directory before it can be used
   * @return the directory that stands for {@code /}
   * @throws IllegalStateException when that fails; the message says why
   */
  public static Path extracted(String name, List<String> packages, UserCache.Filler finish) {
    try {
      // The programs need the libraries of this very release.
      String entry = name + "-" + release() + "-" + System.getProperty("os.arch");
      return UserCache.entry(
          UserCache.directory(),
          entry,
          directory -> {
            System.err.println("Downloading " + name + " once, for the tests, as " + entry);
            fill(directory, packages);
            finish.fill(directory);
          });
    } catch (IOException e) {
      throw new IllegalStateException("Cannot keep " + name + " in the user's cache: " + e, e);
    }
  }

  private static void fill(Path directory, List<String> packages) throws IOException {
    require("apt-get", "dpkg-deb");
    Path work = directory.resolve("apt");
    Path downloads = Files.createDirectories(work.resolve("downloads"));
    download(work, downloads, packages);
    for (Path archive : Directories.list(downloads, "*.deb")) {
      succeed(List.of("dpkg-deb", "-x", archive.toString(), directory.toString()), "");
    }
    Directories.delete(work);
  }

  private static void require(String... programs) {
    for (String program : programs) {
      if (!OsProcess.succeeds(List.of(program, "--version"))) {
        throw new IllegalStateException("There is no " + program + " on this machine");
      }
    }
  }

  private static void download(Path work, Path downloads, List<String> packages)
      throws IOException {
    Files.createDirectories(work.resolve("state/lists/partial"));
    Files.createDirectories(work.resolve("cache/archives/partial"));
    Path configuration = Files.writeString(work.resolve("apt.conf"), configuration(work));
    List<String> apt =
        List.of("env", "-C", downloads.toString(), "LC_ALL=C", "apt-get", "-q", "-c");
    List<String> update = new ArrayList<>(apt);
    update.addAll(List.of(configuration.toString(), "update"));
    // A source that has nothing to do with our packages may fail, so this does not decide.
    OsProcess.Finished updated = OsProcess.run(update);
    List<String> download = new ArrayList<>(apt);
    download.addAll(List.of(configuration.toString(), "download"));
    download.addAll(packages);
    succeed(download, end(updated.output()) + "\n");
  }

  /** The system's sources, keys and proxies, but directories of our own and no hooks. */
  private static String configuration(Path work) {
    return """
        #clear APT::Update::Pre-Invoke;
        #clear APT::Update::Post-Invoke;
        #clear APT::Update::Post-Invoke-Success;
        Dir::State "%1$s/state";
        Dir::State::status "/var/lib/dpkg/status";
        Dir::Cache "%1$s/cache";
        APT::Sandbox::User "root";
        Acquire::Languages "none";
        Acquire::Retries "2";
        Acquire::http::Timeout "30";
        Acquire::https::Timeout "30";
        """
        .formatted(work);
  }

  private static void succeed(List<String> command, String earlier) {
    OsProcess.Finished finished = OsProcess.run(command);
    if (finished.exitCode() != 0) {
      throw new IllegalStateException(
          "This failed: " + String.join(" ", command) + "\n" + earlier + end(finished.output()));
    }
  }

  private static String end(String output) {
    return output.substring(Math.max(0, output.length() - END));
  }

  /** For example {@code debian-12}. */
  private static String release() {
    Properties release = new Properties();
    try (Stream<String> lines = Files.lines(Path.of("/etc/os-release"))) {
      lines
          .map(line -> line.split("=", 2))
          .filter(pair -> pair.length == 2)
          .forEach(pair -> release.setProperty(pair[0], pair[1].replace("\"", "")));
    } catch (IOException | UncheckedIOException unknown) {
      return "unknown";
    }
    return release.getProperty("ID", "linux") + "-" + release.getProperty("VERSION_ID", "rolling");
  }
}
