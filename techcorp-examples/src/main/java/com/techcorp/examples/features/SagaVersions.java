package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.Step;
import com.techcorp.saga.StepResult;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** A saga gets another step while older ones are under way: both versions run side by side. */
final class SagaVersions {
  /** The data, which both versions can read. */
  record Parcel(String to) {}

  private final List<String> done = new CopyOnWriteArrayList<>();
  private final AtomicBoolean courierWorks = new AtomicBoolean();

  // tag::versions[]
  private SagaDefinition<Parcel> version1() {
    return SagaDefinition.named("parcel", Parcel.class).step(collect()).build();
  }

  private SagaDefinition<Parcel> version2() {
    return SagaDefinition.named("parcel", Parcel.class)
        .version(2)
        .step(RemoteStep.named("insure", (parcel, call) -> note(parcel, "insured")))
        .step(collect())
        .build();
  }

  // end::versions[]

  private Step<Parcel> collect() {
    return RemoteStep.named(
        "collect",
        (parcel, call) ->
            courierWorks.get() ? note(parcel, "collected") : StepResult.retry("no courier"));
  }

  private StepResult<Parcel> note(Parcel parcel, String what) {
    done.add(parcel.to() + " " + what);
    return StepResult.done(parcel);
  }

  /** Starts a saga with the old build, and finishes it with the new one. */
  List<String> run(ExampleShop shop) throws Exception {
    UUID old = UUID.randomUUID();
    SagaDefinition<Parcel> before = version1();
    try (TechCorp oldBuild = shop.wired().saga(before).start()) {
      oldBuild.sagas().start(before, old, new Parcel("Ana"));
    }
    // tag::both[]
    SagaDefinition<Parcel> former = version1(); // until list(…) has no more of its sagas
    SagaDefinition<Parcel> current = version2(); // what is started from now on
    try (TechCorp newBuild = shop.wired().saga(former).saga(current).start()) {
      courierWorks.set(true);
      SagaOutcome first = newBuild.sagas().outcome(former, old).join();
      UUID id = UUID.randomUUID();
      SagaOutcome second = newBuild.sagas().start(current, id, new Parcel("Rui")).join();
      System.out.println(first.completed() + " " + second.completed());
    }
    // end::both[]
    return List.copyOf(done);
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (ExampleShop shop = ExampleShop.open()) {
      System.out.println(new SagaVersions().run(shop));
    }
  }
}
