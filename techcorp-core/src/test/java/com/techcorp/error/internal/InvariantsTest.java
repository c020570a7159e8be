package com.techcorp.error.internal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InvariantsTest {
  @Test
  void aCountWithinItsBoundsPasses() {
    assertThatCode(
            () -> {
              Invariants.within("free places", 0, 0, 4);
              Invariants.within("free places", 4, 0, 4);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void aCountOutOfItsBoundsIsNamedWithThem() {
    assertThatThrownBy(() -> Invariants.within("free places", 5, 0, 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("free places: 5, which must be between 0 and 4");
    assertThatThrownBy(() -> Invariants.within("free places", -1, 0, 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("-1");
  }
}
