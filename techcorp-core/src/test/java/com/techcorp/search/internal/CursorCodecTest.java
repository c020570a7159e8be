package com.techcorp.search.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.search.InvalidQueryException;
import com.techcorp.search.Match;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorCodecTest {
  private static final Cursor CURSOR =
      new Cursor(
          "abc",
          Match.CORRECTED,
          "azul \"camisa\"",
          List.of((double) 1.2345678f, Double.MIN_VALUE, Long.MAX_VALUE, "018d", ""),
          "snapshot-7",
          Instant.parse("2024-01-15T10:30:00.123Z"));

  private final CursorCodec codec = new CursorCodec(new byte[32]);

  @Test
  void readsWhatItWroteToTheLastBit() {
    assertThat(codec.read(codec.write(CURSOR))).isEqualTo(CURSOR);

    Cursor live = new Cursor("q", Match.AS_TYPED, "", List.of(), null, Instant.ofEpochMilli(5));
    assertThat(codec.read(codec.write(live))).isEqualTo(live);
  }

  @Test
  void fitsIntoAUrlAsItIs() {
    assertThat(codec.write(CURSOR)).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void refusesACursorWithAnyBitChanged() {
    byte[] bytes = Base64.getUrlDecoder().decode(codec.write(CURSOR));
    for (int i = 0; i < bytes.length * 8; i++) {
      byte[] forged = bytes.clone();
      forged[i / 8] ^= (byte) (1 << (i % 8));
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);

      assertThatThrownBy(() -> codec.read(text))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessage("cursor: it is none that this index gave: begin again");
    }
  }

  @Test
  void refusesCursorsOfAnotherKeyAndTextsThatAreNone() {
    byte[] other = new byte[32];
    other[0] = 1;
    String foreign = new CursorCodec(other).write(CURSOR);

    for (String text : List.of(foreign, "", "x", "%%%", "AQ", "A".repeat(100_000))) {
      assertThatThrownBy(() -> codec.read(text)).isInstanceOf(InvalidQueryException.class);
    }
  }
}
