package com.techcorp.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The CPU time of a server and all its processes, also of those that have ended. From /proc, so
 * only on Linux.
 */
public final class ServerCpu {
  private static final Path PROC = Path.of("/proc");

  /** The kernel shows times in hundredths of a second to programs, whatever its own tick is. */
  private static final long NANOS_A_TICK = 10_000_000;

  private static final int PARENT = 1;
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int ENDED_USER = 13;
  private static final int ENDED_SYSTEM = 14;

  private final long postmaster;

  public ServerCpu(long postmaster) {
    this.postmaster = postmaster;
  }

  /** In nanoseconds since the server's start; empty where there is no /proc. */
  public OptionalLong nanos() {
    String[] own = stat(PROC.resolve(Long.toString(postmaster)));
    if (own.length == 0) {
      return OptionalLong.empty();
    }
    long ticks = ticks(own, USER, SYSTEM) + ticks(own, ENDED_USER, ENDED_SYSTEM);
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        String[] stat = stat(process);
        if (stat.length > 0 && stat[PARENT].equals(Long.toString(postmaster))) {
          ticks += ticks(stat, USER, SYSTEM);
        }
      }
    } catch (IOException e) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(ticks * NANOS_A_TICK);
  }

  private static long ticks(String[] stat, int user, int system) {
    return Long.parseLong(stat[user]) + Long.parseLong(stat[system]);
  }

  /** The fields behind the name, which may hold blanks; none if the process has gone. */
  private static String[] stat(Path process) {
    try {
      String text = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      return text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    } catch (IOException gone) {
      return new String[0];
    }
  }
}
