package com.techcorp.servers.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkTest {
  @TempDir private Path folder;

  @Test
  void isTheNewestThatIsNewEnough() throws IOException {
    List<Path> homes =
        List.of(jdk("a", "21.0.8"), jdk("b", "25.0.3"), jdk("c", "25"), jdk("d", "1.8.0_402"));

    assertThat(Jdk.newest(21, homes)).contains(new Jdk(folder.resolve("b"), "25.0.3"));
    assertThat(Jdk.newest(26, homes)).isEmpty();
    assertThat(Jdk.newest(8, homes.subList(3, 4))).as("the old 8").isEmpty();
  }

  @Test
  void isNoRuntimeWithoutACompiler() throws IOException {
    Path runtime = jdk("jre", "25.0.3");
    Files.delete(new Jdk(runtime, "25.0.3").program("javac"));

    assertThat(Jdk.newest(21, List.of(runtime, folder.resolve("not there"), folder))).isEmpty();
  }

  @Test
  void mayBeTheOneThatRunsThis() {
    assertThat(Jdk.newest(17).orElseThrow().major()).isGreaterThanOrEqualTo(17);
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Path compiler = new Jdk(home, version).program("javac");
    Files.createDirectories(compiler.getParent());
    Files.createFile(compiler);
    assertThat(compiler.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }
}
