package com.techcorp.servers.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The log that a server process writes.
 *
 * @param path its file, which may not exist yet
 */
public record LogFile(Path path) {
  /**
   * Where the server writes on.
   *
   * @return the end of the file
   */
  public ProcessBuilder.Redirect appended() {
    return ProcessBuilder.Redirect.appendTo(path.toFile());
  }

  /**
   * Its length.
   *
   * @return in bytes
   */
  public long length() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The text from a position on.
   *
   * @param position an earlier {@link #length()}
   * @return the text
   */
  public String since(long position) {
    try {
      byte[] bytes = Files.readAllBytes(path);
      int from = (int) Math.min(position, bytes.length);
      return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Its last characters, for the message of a failure; never fails itself.
   *
   * @param characters how many at the most
   * @return the text
   */
  public String end(int characters) {
    try {
      String text = since(0);
      return text.substring(Math.max(0, text.length() - characters));
    } catch (UncheckedIOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }
}
