package com.techcorp.auth.gateway;

import static com.techcorp.auth.gateway.TestContexts.ANA;
import static com.techcorp.auth.gateway.TestContexts.BEN;
import static com.techcorp.auth.gateway.TestContexts.NONE;
import static com.techcorp.auth.gateway.TestContexts.REQUEST;
import static com.techcorp.auth.gateway.TestContexts.headers;
import static com.techcorp.auth.gateway.TestContexts.plus;
import static com.techcorp.auth.gateway.TestContexts.refused;
import static com.techcorp.auth.gateway.TestContexts.signed;
import static com.techcorp.auth.gateway.TestContexts.value;
import static com.techcorp.auth.gateway.TestContexts.values;
import static com.techcorp.auth.gateway.TestContexts.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is changed, added, removed or repeated in a set that a gateway signed is found. */
class TamperedContextTest {
  private final ContextVerifier verifier = TestContexts.verifier();

  @ParameterizedTest
  @MethodSource("names")
  void anyValueThatIsChangedIsFound(String name) {
    // given
    String value = value(signed(), name);

    for (int at = 0; at <= value.length(); at++) {
      for (String inserted : List.of("0", "1", "a", "A", "-", "_")) {
        String longer = value.substring(0, at) + inserted + value.substring(at);
        String changed =
            longer.substring(0, at + 1) + longer.substring(Math.min(at + 2, longer.length()));
        String shorter = value.substring(0, at) + value.substring(Math.min(at + 1, value.length()));
        for (String other : List.of(longer, changed, shorter)) {
          if (!other.equals(value)) {
            assertThat(verifier.verify(REQUEST, with(name, other)))
                .as("%s: %s", name, other)
                .isInstanceOf(ContextVerdict.Refused.class);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void anyHeaderThatIsRemovedIsFound(String name) {
    // given
    Map<String, String> values = values(signed());
    values.remove(name);

    // then
    assertThat(verifier.verify(REQUEST, headers(values)))
        .isEqualTo(
            refused(
                name.equals(ContextHeaders.TRACEPARENT)
                    ? ContextRefusal.WRONG_SIGNATURE
                    : ContextRefusal.MISSING));
  }

  @Test
  void aTraceThatIsAddedIsFound() {
    // given
    RequestHeaders signed = TestContexts.signer().sign(REQUEST, NONE, BEN);
    Map<String, String> values = values(signed);
    values.put(ContextHeaders.TRACEPARENT, String.valueOf(ANA.traceparent()));

    // then
    assertThat(verifier.verify(REQUEST, headers(values)))
        .isEqualTo(refused(ContextRefusal.WRONG_SIGNATURE));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aHeaderThatIsThereTwiceIsRefusedAlsoIfBothSayTheSame(String name) {
    for (String value : List.of(value(signed(), name), "x")) {
      if (!name.equals(ContextHeaders.VERSION) || value.equals("1")) {
        assertThat(verifier.verify(REQUEST, plus(name.toUpperCase(Locale.ROOT), value)))
            .isEqualTo(refused(ContextRefusal.REPEATED));
      }
    }
  }

  @Test
  void valuesDoNotMoveFromOneHeaderIntoTheNext() {
    // given
    Map<String, String> moved = values(signed());
    moved.put(ContextHeaders.USER, value(signed(), ContextHeaders.SESSION));
    moved.put(ContextHeaders.SESSION, value(signed(), ContextHeaders.USER));

    // then
    assertThat(verifier.verify(REQUEST, headers(moved)))
        .isEqualTo(refused(ContextRefusal.WRONG_SIGNATURE));
  }

  static Stream<String> names() {
    return Stream.concat(ContextHeaders.SIGNED.stream(), Stream.of(ContextHeaders.SIGNATURE));
  }
}
