package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two processes on one database share the work. One is stopped; the other finishes its orders. Here
 * both run in one JVM; in production each is a service of its own, with the same code.
 */
final class SeveralProcesses {
  private static final int ORDERS = 20;

  private SeveralProcesses() {}

  private static TechCorp process(ExampleShop shop, SimulatedGateway provider, String name) {
    return shop.wired(shop.storage(), provider).name(name).start();
  }

  /** Places orders on a process that stops, and waits for their outcomes on another one. */
  static List<OrderOutcome> run(ExampleShop shop, SimulatedGateway provider) throws Exception {
    List<OrderOutcome> outcomes = new ArrayList<>();
    // tag::processes[]
    TechCorp first = process(shop, provider, "first");
    try (TechCorp second = process(shop, provider, "second")) {
      List<OrderReceipt> receipts = new ArrayList<>();
      try (first) {
        for (int i = 0; i < ORDERS; i++) {
          receipts.add(first.orders().place(shop.order()));
        }
        first.close(Duration.ZERO); // hands over at once what it has not finished
      }
      for (OrderReceipt receipt : receipts) { // any process can wait for any order
        outcomes.add(second.orders().outcome(receipt.orderId()).join());
      }
    }
    // end::processes[]
    return outcomes;
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (ExampleShop shop = ExampleShop.open()) {
      run(shop, SimulatedGateway.approving()).forEach(System.out::println);
    }
  }
}
