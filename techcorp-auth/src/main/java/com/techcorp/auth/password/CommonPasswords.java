package com.techcorp.auth.password;

import com.techcorp.auth.Password;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The 3,000 most common passwords among those of 8 characters and more, from {@code
 * common-passwords.txt}. Capitals count as small letters; nothing else is folded.
 */
final class CommonPasswords {
  private static final String FILE = "common-passwords.txt";
  private static final String COMMENT = "#";
  private static final Set<String> ALL = read();

  private CommonPasswords() {}

  static boolean contains(Password password) {
    String text = new String(password.utf8(), StandardCharsets.UTF_8);
    return ALL.contains(text.toLowerCase(Locale.ROOT));
  }

  static Set<String> all() {
    return ALL;
  }

  private static Set<String> read() {
    try (InputStream file = CommonPasswords.class.getResourceAsStream(FILE)) {
      byte[] bytes = Objects.requireNonNull(file, FILE).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith(COMMENT))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
