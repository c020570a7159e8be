package com.techcorp.servers.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.techcorp.servers.process.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElasticsearchInstallationTest {
  private static final int ORPHANED = 99;

  @Test
  void saysWhatToDoWithoutANewJdk() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ElasticsearchInstallation.program(NodeModule.find(), Optional.empty()))
        .withMessageContainingAll(
            "a JDK 21 or newer", "TECHCORP_ELASTICSEARCH_URL", "Docker", "JDK_25_HOME");
  }

  @Test
  void saysWhatToDoWithoutTheNode() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ElasticsearchInstallation.program(Optional.empty(), Jdk.newest(17)))
        .withMessageContainingAll("techcorp-elasticsearch-node", "TECHCORP_ELASTICSEARCH_URL");
  }

  @Test
  void saysWhyTheNodeCannotBeCompiled(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("Broken.java"), "class Broken extends NoSuchThing {}");
    Files.writeString(folder.resolve("log4j2.xml"), "<Configuration/>");
    NodeModule broken = new NodeModule(folder, folder.resolve("log4j2.xml"), "none.jar");

    assertThatIllegalStateException()
        .isThrownBy(() -> broken.compiled(Jdk.newest(17).orElseThrow()))
        .withMessageContaining("NoSuchThing");
  }

  /** The kernel does that on Linux; elsewhere a JVM may be killed too. */
  @Test
  void endsByItselfWhenItsParentIsGone(@TempDir Path folder) throws Exception {
    // given
    List<String> command = ElasticsearchInstallation.program().words(List.of("-Xmx64m"));
    command.add(folder.toString());
    Process node =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      // when
      node.getOutputStream().close();

      // then
      assertThat(node.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(node.exitValue()).isEqualTo(ORPHANED);
    } finally {
      node.destroyForcibly();
    }
  }
}
