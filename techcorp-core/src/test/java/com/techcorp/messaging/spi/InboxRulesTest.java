package com.techcorp.messaging.spi;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.Failure;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.InboxEffect;
import com.techcorp.messaging.InboxEffect.Advance;
import com.techcorp.messaging.InboxEffect.Receive;
import com.techcorp.storage.Decision;
import com.techcorp.storage.Decision.Refused;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InboxRulesTest {
  private static final UUID EVENT = new UUID(0, 1);

  private static Failure refusal(Decision<?> decision) {
    return ((Refused<?>) decision).failure();
  }

  private static Advance advance(int sequence) {
    return new Advance("mails", new EventStream("order", EVENT), sequence);
  }

  @Test
  void takesAnEventOnce() {
    // given
    Receive receive = new Receive("mails", EVENT);

    // when, then
    assertThat(InboxRules.decide(receive, false)).isEqualTo(Decision.accept(true));
    assertThat(refusal(InboxRules.decide(receive, true)).code()).isEqualTo(InboxEffect.DUPLICATE);
  }

  @Test
  void takesTheNextEventOfAStream() {
    // when
    Failure early = refusal(InboxRules.decide(advance(4), 2));

    // then
    assertThat(InboxRules.decide(advance(3), 2)).isEqualTo(Decision.accept(3));
    assertThat(refusal(InboxRules.decide(advance(2), 2)).code()).isEqualTo(InboxEffect.DUPLICATE);
    assertThat(early.code()).isEqualTo(InboxEffect.EARLY);
    assertThat(early.details()).containsEntry(InboxEffect.HEAD, "2");
  }
}
