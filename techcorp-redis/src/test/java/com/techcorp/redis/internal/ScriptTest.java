package com.techcorp.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In a Cluster, two keys may be on two servers: a script touches those that it is given. */
class ScriptTest {
  private static final Path SCRIPTS = Path.of("src/main/resources/com/techcorp/redis/internal");

  /** A key that is given, or all of them, also with values between them. */
  private static final Set<String> GIVEN =
      Set.of("KEYS[1]", "key", "unpack(KEYS", "unpack(changes");

  private static final Pattern CALL = Pattern.compile("redis\\.p?call\\('(\\w+)'(?:, ?([^,)]+))?");

  @Test
  void isKnownByTheDigestThatRedisComputes() {
    // the example in Redis's documentation of EVALSHA has this form: 40 digits of SHA-1
    assertThat(Script.of("index_epoch").digest()).matches("[0-9a-f]{40}");
    assertThat(Script.of("index", "index_list").source())
        .isEqualTo(text(SCRIPTS.resolve("index.lua")) + text(SCRIPTS.resolve("index_list.lua")));
  }

  @Test
  @Tag("T08")
  void touchesTheKeysThatItIsGivenOnly() {
    List<Path> scripts = scripts();
    assertThat(scripts).hasSizeGreaterThanOrEqualTo(17);
    assertThat(scripts).allSatisfy(script -> assertThat(foreignKeys(text(script))).isEmpty());
  }

  @Test
  void aSecondKeyIsFound() {
    assertThat(foreignKeys("redis.call('DEL', KEYS[2])")).containsExactly("KEYS[2]");
    assertThat(foreignKeys("redis.call('DEL', 'session:' .. id)"))
        .containsExactly("'session:' .. id");
    assertThat(foreignKeys("redis.call('TIME') redis.pcall('GET', KEYS[1])")).isEmpty();
  }

  @Test
  void isPlainAscii() {
    assertThat(scripts())
        .allSatisfy(script -> assertThat(text(script)).matches("[\\x20-\\x7E\\n]+"));
  }

  private static List<String> foreignKeys(String script) {
    Matcher calls = CALL.matcher(script);
    return calls
        .results()
        .filter(call -> !call.group(1).equals("TIME"))
        .map(call -> call.group(2).trim())
        .filter(key -> !GIVEN.contains(key))
        .toList();
  }

  private static List<Path> scripts() {
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      return files.filter(file -> file.toString().endsWith(".lua")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
