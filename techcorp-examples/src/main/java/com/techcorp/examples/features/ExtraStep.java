package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.error.Failure;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderView;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.StepResult;
import java.util.function.ToLongFunction;

/** A step of the host's own in every order: a fraud check before the charge. */
final class ExtraStep {
  private static final long TOO_RISKY = 80;

  private ExtraStep() {}

  // tag::step[]
  /** Asks a service for the risk of an order; a refusal cancels the order and frees its stock. */
  static RemoteStep<OrderView> fraudCheck(ToLongFunction<OrderView> service) {
    return RemoteStep.<OrderView>named(
            "fraud check",
            (order, call) -> { // an exception means "no answer": it is asked again later
              long risk = service.applyAsLong(order);
              return risk < TOO_RISKY
                  ? StepResult.done(order)
                  : StepResult.rejected(Failure.of("FRAUD", "risk " + risk));
            })
        .calling("fraud");
  }

  // end::step[]

  /** Places one order. */
  static OrderOutcome run(ExampleShop shop, ToLongFunction<OrderView> service) throws Exception {
    // tag::options[]
    OrderOptions options =
        OrderOptions.DEFAULT
            .withStepAfter("reserve", fraudCheck(service))
            .withVersion(2); // the steps are others than before: orders under way keep theirs
    try (TechCorp library = shop.wired().orders(options).start()) {
      return library.orders().place(shop.order()).outcome().join();
    }
    // end::options[]
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (ExampleShop shop = ExampleShop.open()) {
      System.out.println(run(shop, order -> 90)); // Cancelled[…, reason=Refused[code=FRAUD…
    }
  }
}
