package com.techcorp.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.techcorp.servers.SharedServer.Started;
import com.techcorp.servers.SharedServer.Ways;
import org.junit.jupiter.api.Test;

class SharedServerTest {
  private static final String UNSET = "TECHCORP_NO_SUCH_VARIABLE";
  private static final String SET = "PATH";

  @Test
  void takesTheServerOfTheVariableFirst() {
    SharedServer<String> found = SharedServer.find(new Routes(SET, true, "container", "process"));

    assertThat(found.access()).isEqualTo(System.getenv(SET));
    assertThat(found.route()).isEqualTo(SET);
    assertThat(found.outlives()).isTrue();
  }

  @Test
  void takesDockerBeforeAPrivateProcess() {
    SharedServer<String> found = SharedServer.find(new Routes(UNSET, true, "container", "process"));

    assertThat(found.access()).isEqualTo("container");
    assertThat(found.route()).isEqualTo("Docker, image:1");
    assertThat(found.outlives()).isFalse();
  }

  @Test
  void saysWhyItDidNotTakeDocker() {
    SharedServer<String> found = SharedServer.find(new Routes(UNSET, true, null, "process"));

    assertThat(found.access()).isEqualTo("process");
    assertThat(found.route()).contains("private process 7", "image:1", "no container");
  }

  @Test
  void failsWithAllReasonsWhenNoRouteWorks() {
    assertThatIllegalStateException()
        .isThrownBy(() -> SharedServer.find(new Routes(UNSET, true, null, null)))
        .withMessageContainingAll("No Server for the tests", "no container", "no process");
  }

  /** Each way leads to the text given for it, or fails when that is null. */
  private record Routes(String variable, boolean containerUsable, String container, String process)
      implements Ways<String> {
    @Override
    public String name() {
      return "Server";
    }

    @Override
    public String given(String address) {
      return address;
    }

    @Override
    public String image() {
      return "image:1";
    }

    @Override
    public String startContainer() {
      return orFail(container, "no container");
    }

    @Override
    public Started<String> startProcess() {
      return new Started<>(orFail(process, "no process"), 7);
    }

    private static String orFail(String access, String why) {
      if (access == null) {
        throw new IllegalStateException(why);
      }
      return access;
    }
  }
}
