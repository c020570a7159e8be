package com.techcorp.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.messaging.TraceContext.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n"
      })
  void aTraceparentThatIsNotWellFormedIsDropped(String parent) {
    assertThat(new Trace(parent, null).wellFormed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "vendor", "Vendor=x", "vendor=a,b", "vendor=ä", "vendor=a\nb", "=x", "a=b,"})
  void aTracestateThatIsNotWellFormedIsDroppedAlone(String state) {
    assertThat(new Trace(PARENT, state).wellFormed()).contains(new Trace(PARENT, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vendor=value", "rojo=00f067aa0ba902b7, congo=t61rcWkgMzE", "a@b/c=x y"})
  void aSoundTraceIsKept(String state) {
    assertThat(new Trace(PARENT, state).wellFormed()).contains(new Trace(PARENT, state));
  }

  @Test
  void aTracestateThatIsTooLongIsDropped() {
    assertThat(new Trace(PARENT, "a=" + "x".repeat(511)).wellFormed())
        .contains(new Trace(PARENT, null));
    assertThat(new Trace(PARENT, "a=b,".repeat(32) + "a=b").wellFormed())
        .contains(new Trace(PARENT, null));
  }
}
