package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.Session;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.SessionStore;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A {@link SessionStore} gives a session's device info back byte for byte. */
public abstract class SessionDeviceContract extends SessionStoreScenario {
  /** For subclasses. */
  protected SessionDeviceContract() {}

  static Stream<String> devices() {
    return Stream.of(
        "{}",
        "[]",
        "{\"a\":[]}",
        "{\"a\":{},\"b\":[[],{}],\"c\":null}",
        "{\"serial\":12345678901234567890}",
        "{\"serial\":-12345678901234567890,\"x\":1e400,\"y\":0.10000000000000000555,\"z\":1.0}",
        "{\"name\":\"Jos\u00E9 \u4F60\u597D \uD83D\uDE00 e\u0301\"}",
        "{\"name\":\"\\u00e9\\ud83d\\ude00\\u0000\\n\\/\\\"\\\\\"}",
        " {\r\n\t\"spaces\" : [ 1 , 2 ] }\n",
        "{\"twice\":1,\"twice\":2}",
        "{\"z\":1,\"a\":2}",
        "{\"x\":\",\\\"device_info\\\":\",\"y\":1}",
        "{\"x\":1,\"device_info\":{\"device_info\":[]}}",
        "{\"x\":1,\"device_info\":1,\"refresh_token\":\"mine\",\"n\":99,\"user_id\":\"x\"}",
        "{\"text\":\"" + "\u00E9\\\"".repeat(1_020) + "\"}");
  }

  @ParameterizedTest
  @MethodSource("devices")
  @Tag("T56")
  void comesBackByteForByte(String device) {
    // given
    NewSession like = newSession(user);
    NewSession session =
        new NewSession(
            like.id(), user, like.tokenHash(), device, like.createdAt(), like.lifetime(), null);

    // when
    logIn(session);

    // then
    assertDevice(session.id(), device);
    rotateTo(session.id(), 2);
    assertCurrent(rotate(session.id(), 1), session.id(), 2);
    assertDevice(session.id(), device);
    rotateTo(session.id(), 3);
    assertDevice(session.id(), device);
  }

  private void assertDevice(UUID session, String device) {
    assertThat(store().find(session).orElseThrow().deviceInfo()).isEqualTo(device);
    assertThat(store().list(user)).extracting(Session::deviceInfo).containsExactly(device);
  }
}
