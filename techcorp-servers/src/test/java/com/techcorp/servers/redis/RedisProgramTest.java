package com.techcorp.servers.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RedisProgramTest {
  @TempDir Path directory;

  @Test
  void saysHowToGetOneWhenThereIsNone() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> RedisProgram.find(List.of("no-such-server"), RedisProgramTest::noPackages))
        .withMessageContainingAll(
            "no apt-get here",
            RedisServer.URL_VARIABLE,
            "Docker",
            "install redis-server",
            "Debian");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void takesTheInstalledOneBeforePackages() throws Exception {
    // given
    String installed = program("valkey-server", "Valkey server v=8.1.4 sha=00000000:0 bits=64");

    // when
    RedisProgram found =
        RedisProgram.find(List.of("no-such-server", installed), RedisProgramTest::noPackages);

    // then
    assertThat(found.words()).containsExactly(installed);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void refusesOneThatIsTooOld() throws Exception {
    String installed = program("redis-server", "Redis server v=6.0.16 sha=00000000:0 bits=64");

    assertThatIllegalStateException()
        .isThrownBy(() -> RedisProgram.find(List.of(installed), RedisProgramTest::noPackages))
        .withMessageContainingAll("6.0.16", "7.0 or newer", RedisServer.URL_VARIABLE);
  }

  private static Path noPackages() {
    throw new IllegalStateException("no apt-get here");
  }

  private String program(String name, String output) throws Exception {
    Path script = directory.resolve(name);
    Files.writeString(script, "#!/bin/sh\necho '" + output + "'\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script.toString();
  }
}
