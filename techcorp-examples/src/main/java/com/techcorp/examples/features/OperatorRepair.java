package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaAdmin;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.StepResult;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A saga that waits for a person: how an operator finds it, sees why, and lets it go on. */
final class OperatorRepair {
  /** An invoice that a tax office must register. */
  record Invoice(String number) {}

  /** What the operator read, and how the saga ended. */
  record Result(String explanation, SagaOutcome outcome) {}

  private final AtomicBoolean taxOfficeOpen = new AtomicBoolean();

  // tag::saga[]
  private final SagaDefinition<Invoice> invoices =
      SagaDefinition.named("invoice", Invoice.class)
          .step(
              RemoteStep.<Invoice>named(
                      "register",
                      (invoice, call) ->
                          taxOfficeOpen.get()
                              ? StepResult.done(invoice)
                              : StepResult.retry("the tax office is closed"))
                  .retrying(RetryPolicy.every(Duration.ofMillis(50), 3))
                  .thenPark()) // after three attempts a person decides
          .build();

  // end::saga[]

  /** Parks one saga and repairs it. */
  Result run(ExampleShop shop) throws Exception {
    try (TechCorp library = shop.wired().saga(invoices).start()) {
      CompletableFuture<SagaOutcome> outcome =
          library.sagas().start(invoices, UUID.randomUUID(), new Invoice("2024-17"));
      // tag::repair[]
      SagaAdmin admin = library.admin();
      ExampleShop.await(() -> !admin.list(SagaFilter.parked(10)).isEmpty());
      SagaInstance parked = admin.list(SagaFilter.parked(10)).get(0);
      String explanation = admin.explain(parked.id()).text(); // where it stands, and why

      taxOfficeOpen.set(true); // the cause is mended first
      admin.retry(parked.id(), "ana", "the tax office has opened"); // kept with the saga
      return new Result(explanation, outcome.join());
      // end::repair[]
    }
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (ExampleShop shop = ExampleShop.open()) {
      System.out.println(new OperatorRepair().run(shop));
    }
  }
}
