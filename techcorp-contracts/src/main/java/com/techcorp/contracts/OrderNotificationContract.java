package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Message;
import com.techcorp.notification.SendResult;
import com.techcorp.order.CustomerDirectory.Customer;
import com.techcorp.order.OrderStatus;
import com.techcorp.testkit.SimulatedCharge;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The customer is told once; whether that works is no concern of the order's. */
public abstract class OrderNotificationContract extends OrderScenario {
  /** For subclasses. */
  protected OrderNotificationContract() {}

  @Test
  void aConfirmationIsSentOnce() {
    UUID id = confirmed(stocked(5), 2);

    assertDelivered(id, DeliveryStatus.ACCEPTED);
    assertThat(mailbox.messages()).hasSize(1);
    Message message = mailbox.messages().get(0);
    assertThat(message.recipient()).isEqualTo("ana@example.com");
    assertThat(message.template()).isEqualTo("order-confirmed");
    assertThat(message.text()).contains(order(id).orderNumber(), "39,98");
  }

  private void assertDelivered(UUID id, DeliveryStatus... statuses) {
    eventually(
        () ->
            assertThat(shop().notifier().deliveries(id))
                .extracting(Delivery::status)
                .containsExactly(statuses));
  }

  @Test
  void aCancellationIsToldToo() {
    gateway.on().every(SimulatedCharge.decline("insufficient_funds"));
    UUID id = place(stocked(5), 2).orderId();

    assertDelivered(id, DeliveryStatus.ACCEPTED);

    assertThat(mailbox.messages()).extracting(Message::template).containsExactly("order-cancelled");
  }

  @Test
  void anOrderThatIsTakenBackIsToldOfTwice() {
    UUID id = confirmed(stocked(5), 2);
    shop().orders().cancel(customer, id, "changed my mind");

    assertDelivered(id, DeliveryStatus.ACCEPTED, DeliveryStatus.ACCEPTED);

    assertThat(mailbox.messages())
        .extracting(Message::template)
        .containsExactly("order-confirmed", "order-cancelled");
  }

  @Test
  void aCustomerWithoutAnAddressIsNotTold() {
    exempt.add("i9-settled-confirmed-is-told");
    customers.put(new Customer(customer, "", "Ana Souza", "pt-BR"));

    UUID id = confirmed(stocked(5), 2);

    assertPublished(id, "payment.confirmed", "order.confirmed");
    eventually(() -> assertThat(storage().outbox().backlog().events()).isZero());
    assertThat(mailbox.attempts()).isEmpty();
    assertThat(shop().notifier().deliveries(id)).isEmpty();
    assertThat(order(id).status()).isEqualTo(OrderStatus.CONFIRMED);
  }

  @Test
  void aMessageThatSurelyWasNotSentIsSentAgain() {
    mailbox.answerNext(new SendResult.NotSent("provider busy", true));
    mailbox.answerNext(new SendResult.NotSent("provider busy", true));

    UUID id = confirmed(stocked(5), 2);

    assertDelivered(id, DeliveryStatus.ACCEPTED);
    assertThat(mailbox.attempts()).hasSize(3);
    assertThat(mailbox.messages()).hasSize(1);
    assertThat(mailbox.attempts())
        .extracting(Message::deliveryId)
        .containsOnly(mailbox.messages().get(0).deliveryId());
  }

  @Test
  @DisplayName("S10: what was given up while it was sent, and surely was not sent, is sent again")
  void whatWasGivenUpAndWasNotSentIsSentAgain() {
    // given a send that takes so long that another process gives it up
    mailbox.answerNext(
        () -> {
          storage().deliveries().abandonSending(Duration.ofSeconds(-1));
          return new SendResult.NotSent("no answer to MAIL FROM", true);
        });

    // when
    UUID id = confirmed(stocked(5), 2);

    // then
    assertDelivered(id, DeliveryStatus.ACCEPTED);
    assertThat(mailbox.attempts()).hasSize(2);
    assertThat(mailbox.messages()).hasSize(1);
    assertThat(shop().notifier().deliveries(id)).extracting(Delivery::attempt).containsExactly(2);
  }

  @Test
  void anAddressThatIsRefusedFailsTheDeliveryNotTheOrder() {
    mailbox.answerNext(new SendResult.NotSent("no such mailbox", false));

    UUID id = confirmed(stocked(5), 2);

    assertDelivered(id, DeliveryStatus.FAILED);
    assertThat(mailbox.attempts()).hasSize(1);
    assertThat(order(id).status()).isEqualTo(OrderStatus.CONFIRMED);
  }

  @Test
  @Tag("T30")
  @DisplayName("T30: a message that may have been sent is not repeated")
  void aMessageThatMayHaveBeenSentIsNotRepeated() {
    mailbox.throwNext(new IOException("connection reset"));

    UUID id = confirmed(stocked(5), 2);

    assertDelivered(id, DeliveryStatus.AMBIGUOUS);
    eventually(() -> assertThat(storage().outbox().backlog().events()).isZero());
    assertThat(mailbox.attempts()).hasSize(1);
    assertThat(order(id).status()).isEqualTo(OrderStatus.CONFIRMED);
  }

  @Test
  @Tag("T30")
  @DisplayName("T30: the provider's news settles what was ambiguous")
  void theProvidersNewsSettlesWhatWasAmbiguous() {
    // given
    mailbox.throwNext(new IOException("connection reset"));
    UUID id = confirmed(stocked(5), 2);
    assertDelivered(id, DeliveryStatus.AMBIGUOUS);
    UUID delivery = mailbox.attempts().get(0).deliveryId();

    // when
    boolean known = shop().notifier().report(delivery, DeliveryStatus.DELIVERED, null);

    // then
    assertThat(known).isTrue();
    assertDelivered(id, DeliveryStatus.DELIVERED);
    assertThat(shop().notifier().deliveries(id).get(0).lastError()).isNull();
    assertThat(shop().notifier().report(newId(), DeliveryStatus.DELIVERED, null)).isFalse();
  }

  @Test
  void aMessageThatIsReturnedStaysBouncedInWhateverOrderTheNewsComes() {
    // given
    UUID id = confirmed(stocked(5), 2);
    assertDelivered(id, DeliveryStatus.ACCEPTED);
    UUID delivery = mailbox.messages().get(0).deliveryId();

    // when
    shop().notifier().report(delivery, DeliveryStatus.DELIVERED, null);
    shop().notifier().report(delivery, DeliveryStatus.BOUNCED, "mailbox full");
    boolean known = shop().notifier().report(delivery, DeliveryStatus.DELIVERED, null);

    // then
    assertThat(known).isTrue();
    assertDelivered(id, DeliveryStatus.BOUNCED);
    assertThat(shop().notifier().deliveries(id).get(0).lastError()).isEqualTo("mailbox full");
  }

  @Test
  void aSenderThatStaysBusyEndsAsADeadLetterNotAsACancellation() {
    exempt.add("i5-no-dead-letters");
    exempt.add("i9-settled-none-queued");
    for (int i = 0; i < 4; i++) {
      mailbox.answerNext(new SendResult.NotSent("provider busy", true));
    }

    UUID id = confirmed(stocked(5), 2);

    eventually(
        () ->
            assertThat(storage().inbox().dead("notifications", 10))
                .extracting(dead -> dead.event().type(), dead -> dead.event().stream().id())
                .containsExactly(Tuple.tuple("order.confirmed", id)));
    assertThat(mailbox.attempts()).hasSize(4);
    assertThat(mailbox.messages()).isEmpty();
    assertThat(order(id).status()).isEqualTo(OrderStatus.CONFIRMED);
  }
}
