package com.techcorp.order.spi;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.Failure;
import com.techcorp.order.CartContents;
import com.techcorp.order.spi.IdempotencyKeys.Used;
import com.techcorp.order.spi.KeyEffect.Claim;
import com.techcorp.order.spi.KeyEffect.Free;
import com.techcorp.order.spi.KeyEffect.Retire;
import com.techcorp.storage.Decision;
import com.techcorp.storage.Decision.Refused;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyRulesTest {
  private static final UUID CALLER = new UUID(0, 1);
  private static final UUID ORDER = new UUID(0, 2);
  private static final UUID OTHER = new UUID(0, 3);
  private static final CartContents CONTENTS = new CartContents("lines", "version");
  private static final Used USED = new Used("body", CONTENTS, ORDER);
  private static final Claim CLAIM = new Claim(CALLER, "key", "body", CONTENTS, ORDER);

  @Test
  void claimsAFreeKey() {
    assertThat(KeyRules.decide(CLAIM, null, null)).isEqualTo(Decision.accept(Optional.of(USED)));
  }

  @Test
  void refusesAUsedKeyAndTellsWhoHasIt() {
    // when
    Decision<Optional<Used>> decision = KeyRules.decide(CLAIM, USED, "TC-2030-000001");

    // then
    Failure failure = ((Refused<Optional<Used>>) decision).failure();
    assertThat(failure.code()).isEqualTo(KeyEffect.KEY_TAKEN);
    assertThat(failure.details())
        .isEqualTo(
            Map.of(
                KeyEffect.ORDER_ID, ORDER.toString(),
                KeyEffect.ORDER_NUMBER, "TC-2030-000001",
                KeyEffect.BODY_HASH, "body",
                KeyEffect.LINES_HASH, "lines",
                KeyEffect.VERSION_HASH, "version"));
  }

  @Test
  void tellsNothingOfAnOrderWhoseNumberIsNotKnown() {
    // when
    Decision<Optional<Used>> decision = KeyRules.decide(CLAIM, USED, null);

    // then
    assertThat(((Refused<Optional<Used>>) decision).failure().details()).isEmpty();
  }

  @Test
  void freesAndRetiresAnOrdersOwnKeyOnly() {
    for (KeyEffect own :
        new KeyEffect[] {new Free(CALLER, "key", ORDER), new Retire(CALLER, "key", ORDER)}) {
      assertThat(KeyRules.decide(own, USED, null)).isEqualTo(Decision.accept(Optional.empty()));
      assertThat(KeyRules.decide(own, null, null)).isEqualTo(Decision.accept(Optional.empty()));
    }
    for (KeyEffect foreign :
        new KeyEffect[] {new Free(CALLER, "key", OTHER), new Retire(CALLER, "key", OTHER)}) {
      assertThat(KeyRules.decide(foreign, USED, null))
          .isEqualTo(Decision.accept(Optional.of(USED)));
    }
    assertThat(KeyRules.past(ORDER)).isEqualTo("past:" + ORDER);
  }
}
