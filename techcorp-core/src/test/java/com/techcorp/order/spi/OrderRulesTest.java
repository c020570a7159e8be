package com.techcorp.order.spi;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderHead;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.spi.OrderEffect.Append;
import com.techcorp.order.spi.OrderEffect.Create;
import com.techcorp.payment.Amount;
import com.techcorp.storage.Decision;
import com.techcorp.storage.Decision.Refused;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderRulesTest {
  private static final UUID ORDER = new UUID(0, 1);

  private static Create create(String number) {
    return new Create(
        ORDER, number, ORDER, ORDER, ORDER, new Amount(100, "BRL"), List.of(), "{}", null);
  }

  private static Append append(int sequence) {
    OrderHead head = new OrderHead(OrderStatus.CREATED, null, null, null, sequence, 0);
    return new Append(ORDER, OrderEventType.PAID, "{}", head);
  }

  private static String refusal(Decision<Integer> decision) {
    return ((Refused<Integer>) decision).failure().code();
  }

  @Test
  void createsAnOrderOnce() {
    // given
    Create create = create("TC-2030-000001");

    // when, then
    assertThat(OrderRules.decide(create, null, 2030)).isEqualTo(Decision.accept(1));
    assertThat(refusal(OrderRules.decide(create, 1, 2030))).isEqualTo(OrderEffect.ORDER_MOVED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TC-2029-000001", "TC-20300-000001", "TC-2030", "2030-000001"})
  void refusesANumberOfAnotherYear(String number) {
    assertThat(refusal(OrderRules.decide(create(number), null, 2030)))
        .isEqualTo(OrderEffect.STALE_NUMBER);
  }

  @Test
  void appendsTheNextEvent() {
    assertThat(OrderRules.decide(append(3), 2, 2030)).isEqualTo(Decision.accept(3));
    for (Integer lastSeq : new Integer[] {null, 1, 3}) {
      assertThat(refusal(OrderRules.decide(append(3), lastSeq, 2030)))
          .isEqualTo(OrderEffect.ORDER_MOVED);
    }
  }
}
