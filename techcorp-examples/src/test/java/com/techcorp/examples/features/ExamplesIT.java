package com.techcorp.examples.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.TokenRefusal;
import com.techcorp.auth.TokenVerdict;
import com.techcorp.examples.demo.MailBook;
import com.techcorp.jdbc.InvariantCheck;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.Message;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderStatus;
import com.techcorp.testkit.SimulatedGateway;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every example and looks at what it did, and at its database afterwards. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExamplesIT {
  /** Runs an example on a shop of its own, and asserts what came of it. */
  @FunctionalInterface
  interface Run {
    void on(ExampleShop shop) throws Exception;
  }

  record Example(Class<?> program, Run run) {
    @Override
    public String toString() {
      return program.getSimpleName();
    }
  }

  static Stream<Example> examples() {
    return Stream.of(
        new Example(BatchConsumer.class, ExamplesIT::batchConsumer),
        new Example(ConsumerInOrder.class, ExamplesIT::consumerInOrder),
        new Example(ConsumerOnce.class, ExamplesIT::consumerOnce),
        new Example(EventsOverRabbit.class, ExamplesIT::eventsOverRabbit),
        new Example(ExtraStep.class, ExamplesIT::extraStep),
        new Example(LogInAndOrder.class, ExamplesIT::logInAndOrder),
        new Example(MailOverSmtp.class, ExamplesIT::mailOverSmtp),
        new Example(OperatorRepair.class, ExamplesIT::operatorRepair),
        new Example(OrderInSteppedTime.class, shop -> orderInSteppedTime()),
        new Example(OwnPaymentGateway.class, ExamplesIT::ownPaymentGateway),
        new Example(OwnSaga.class, ExamplesIT::ownSaga),
        new Example(OwnTable.class, ExamplesIT::ownTable),
        new Example(OwnTransaction.class, ExamplesIT::ownTransaction),
        new Example(RemoteInventory.class, ExamplesIT::remoteInventory),
        new Example(Replay.class, ExamplesIT::replay),
        new Example(SagaCrashSweep.class, shop -> sagaCrashSweep()),
        new Example(SagaInSteppedTime.class, shop -> sagaInSteppedTime()),
        new Example(SagaVersions.class, ExamplesIT::sagaVersions),
        new Example(SearchShop.class, ExamplesIT::searchShop),
        new Example(SeveralProcesses.class, ExamplesIT::severalProcesses),
        new Example(TemplatesAndLocales.class, ExamplesIT::templatesAndLocales));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void doesWhatItSays(Example example) throws Exception {
    try (ExampleShop shop = ExampleShop.open()) {
      example.run().on(shop);
      boolean elsewhere = example.program() == RemoteInventory.class;
      InvariantCheck check = InvariantCheck.on(shop.dataSource()).withStockElsewhere(elsewhere);
      assertThat(check.run().violations()).isEmpty();
    }
  }

  @Test
  void aHostSellsWithPortsOfItsOwn() throws Exception {
    try (ExampleShop database = ExampleShop.empty()) {
      // given
      HostPorts host = new HostPorts();

      // when
      Host.Result result = Host.run(database.dataSource(), host);

      // then
      UUID order = result.outcome().orderId();
      assertThat(result.outcome()).isInstanceOf(OrderOutcome.Confirmed.class);
      assertThat(result.confirmed()).containsExactly(order);
      assertThat(host.charges).hasSize(1);
      assertThat(host.mails.values())
          .singleElement()
          .asString()
          .startsWith("ana@example.com: Your order ");
      assertThat(InvariantCheck.on(database.dataSource()).run().violations()).isEmpty();
    }
  }

  private static void batchConsumer(ExampleShop shop) throws Exception {
    assertThat(BatchConsumer.run(shop)).containsExactly("2 products", "1 dead letter");
  }

  private static void consumerInOrder(ExampleShop shop) throws Exception {
    assertThat(ConsumerInOrder.run(shop))
        .containsExactly("2 order.confirmed", "3 order.shipped", "4 order.delivered");
  }

  private static void consumerOnce(ExampleShop shop) throws Exception {
    assertThat(ConsumerOnce.run(shop)).containsExactly("2 deliveries", "10 points");
  }

  private static void eventsOverRabbit(ExampleShop shop) throws Exception {
    assertThat(EventsOverRabbit.run(shop, ExampleShop.rabbit()))
        .containsExactly("payment.confirmed", "order.confirmed");
  }

  private static void extraStep(ExampleShop shop) throws Exception {
    OrderOutcome refused = ExtraStep.run(shop, order -> 90);
    OrderOutcome accepted = ExtraStep.run(shop, order -> 10);

    assertThat(refused)
        .isEqualTo(
            new OrderOutcome.Cancelled(refused.orderId(), new CancelReason.Refused("FRAUD", null)));
    assertThat(accepted).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(shop.texts("select available from inventory.stock"))
        .containsExactly(String.valueOf(ExampleShop.UNITS - 1));
  }

  private static void logInAndOrder(ExampleShop shop) throws Exception {
    LogInAndOrder.Result result = new LogInAndOrder().run(shop);

    assertThat(result.outcome()).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(result.afterwards()).isEqualTo(new TokenVerdict.Refused(TokenRefusal.REVOKED));
    assertThat(shop.texts("select user_id::text from orders.orders"))
        .containsExactly(shop.customer().toString());
  }

  private static void mailOverSmtp(ExampleShop shop) throws Exception {
    try (MailBook server = MailBook.open()) {
      List<Delivery> deliveries = MailOverSmtp.run(shop, "127.0.0.1", server.port());

      assertThat(deliveries).extracting(Delivery::status).containsExactly(DeliveryStatus.ACCEPTED);
      assertThat(server.byDelivery()).isEqualTo(Map.of(deliveries.get(0).id().toString(), 1));
    }
  }

  private static void operatorRepair(ExampleShop shop) throws Exception {
    OperatorRepair.Result result = new OperatorRepair().run(shop);

    assertThat(result.explanation()).contains("PARKED", "register", "the tax office is closed");
    assertThat(result.outcome().completed()).isTrue();
  }

  private static void orderInSteppedTime() {
    OrderInSteppedTime.Result result = OrderInSteppedTime.run();

    assertThat(result.decidedAtOnce()).isFalse();
    assertThat(result.outcome()).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(result.charges()).isEqualTo(1);
  }

  private static void ownPaymentGateway(ExampleShop shop) throws Exception {
    MemoryAcquirer acquirer = new MemoryAcquirer();

    OrderOutcome outcome = OwnPaymentGateway.run(shop, acquirer);

    assertThat(outcome).isInstanceOf(OrderOutcome.Confirmed.class);
    assertThat(acquirer.calls()).as("the answer was lost, so it was looked up").isEqualTo(1);
    assertThat(acquirer.charges()).isEqualTo(1);
  }

  private static void ownSaga(ExampleShop shop) throws Exception {
    TripServices full = new TripServices().withFullHotel();
    TripServices free = new TripServices();

    assertThat(OwnSaga.run(shop, full)).containsExactly("requested", "cancelled: NO_ROOM");
    assertThat(full.flights()).isEmpty();
    shop.execute("drop table trip_notes");
    assertThat(OwnSaga.run(shop, free)).containsExactly("requested", "booked");
    assertThat(free.flights()).containsExactly("flight of Ana");
    assertThat(free.rooms()).containsExactly("Ana");
  }

  private static void ownTable(ExampleShop shop) throws Exception {
    long points = 3 * (ExampleShop.PRICE / 100);
    assertThat(OwnTable.run(shop)).containsExactly(String.valueOf(points));
  }

  private static void ownTransaction(ExampleShop shop) throws Exception {
    assertThat(new OwnTransaction().run(shop))
        .containsExactlyInAnyOrder("survey", "voucher.used", "1 order", "1 voucher");
  }

  private static void remoteInventory(ExampleShop shop) throws Exception {
    try (ExampleShop warehouse = ExampleShop.open()) {
      RemoteInventory.Result result = RemoteInventory.run(shop, warehouse, ExampleShop.rabbit());

      assertThat(result.outcome()).isInstanceOf(OrderOutcome.Confirmed.class);
      assertThat(result.levels().get(shop.product()))
          .satisfies(
              level -> {
                assertThat(level.available()).isEqualTo(4);
                assertThat(level.reserved()).isZero();
              });
    }
  }

  private static void replay(ExampleShop shop) throws Exception {
    Replay.Result result = Replay.run(shop);

    assertThat(result.then()).isNotEqualTo(OrderStatus.SHIPPED);
    assertThat(result.now()).isEqualTo(OrderStatus.SHIPPED);
    assertThat(result.events()).containsExactlyInAnyOrder("order.confirmed", "order.shipped");
  }

  private static void sagaCrashSweep() {
    assertThat(SagaCrashSweep.run()).isGreaterThan(60);
  }

  private static void sagaInSteppedTime() {
    assertThat(SagaInSteppedTime.run().flights()).containsExactly("flight of Ana");
  }

  private static void sagaVersions(ExampleShop shop) throws Exception {
    assertThat(new SagaVersions().run(shop))
        .containsExactly("Ana collected", "Rui insured", "Rui collected");
  }

  private static void searchShop(ExampleShop shop) throws Exception {
    assertThat(SearchShop.run(shop))
        .containsExactly("Coffee", "1 suggestion", "in stock: 1", "in stock: 0");
  }

  private static void severalProcesses(ExampleShop shop) throws Exception {
    SimulatedGateway provider = SimulatedGateway.approving();

    List<OrderOutcome> outcomes = SeveralProcesses.run(shop, provider);

    assertThat(outcomes).hasSize(20).allMatch(OrderOutcome.Confirmed.class::isInstance);
    assertThat(provider.money().charges()).isEqualTo(20);
  }

  private static void templatesAndLocales(ExampleShop shop) throws Exception {
    Message message = TemplatesAndLocales.run(shop);

    assertThat(message.subject()).startsWith("Ihre Bestellung TC-");
    assertThat(message.text()).contains("Guten Tag, Ana,", "1 x Coffee");
  }
}
