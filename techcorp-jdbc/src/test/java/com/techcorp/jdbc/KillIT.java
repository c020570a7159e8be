package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process is killed with its hands full, and another one finishes. */
@Tag("alone")
class KillIT {
  private static final int IN_FLIGHT = 1_000;
  private static final int REHEARSAL = 500;

  private Fleet fleet;

  @BeforeEach
  void open() {
    fleet = Fleet.fresh();
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  @Test
  @Tag("T15")
  @DisplayName("T15 a thousand orders in flight are finished by another process")
  void aThousandOrdersInFlightAreFinished() {
    // given: a survivor that has done so before
    fleet.with("calls", IN_FLIGHT);
    Worker rehearsing = fleet.begin("rehearsing");
    Worker doomed = fleet.begin("doomed");
    fleet.with("calls", 256);
    Worker survivor = fleet.start("survivor");
    rehearsing.await("ready");
    doomed.await("ready");
    kill(rehearsing, REHEARSAL);
    survivor.tell("place " + REHEARSAL + " 16 survivor");
    survivor.await("done");
    fleet.awaitRest(TestShop.PATIENCE);

    // when
    Instant killed = kill(doomed, IN_FLIGHT);

    // then
    await()
        .atMost(TestShop.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> fleet.undecided() == 0);
    Instant last = fleet.instant("select max(updated_at) from orders.orders");
    Duration took = Duration.between(killed, last);
    System.out.println(IN_FLIGHT + " orders of a killed process were finished after " + took);
    fleet.judge();
    assertThat(fleet.orders()).isEqualTo(2 * REHEARSAL + IN_FLIGHT);
    assertThat(fleet.provider().money().charges()).isEqualTo(2 * REHEARSAL + IN_FLIGHT);
    assertThat(took).isLessThan(Fleet.LEASE.plusSeconds(1).multipliedBy(10));
  }

  @Test
  @DisplayName("what the provider does not answer stays undecided, visibly, and is charged once")
  void whatIsNotAnsweredStaysUndecided() {
    // given: the provider falls silent when the process is gone
    Worker survivor = fleet.start("survivor");
    Worker doomed = fleet.start("doomed");
    kill(doomed, 50);
    fleet.provider().pause();

    // when
    await()
        .atMost(TestShop.PATIENCE)
        .until(() -> fleet.count("saga.nodes where name = 'doomed'") == 0);

    // then
    assertThat(fleet.count("payments.transactions where status in ('PENDING', 'UNKNOWN')"))
        .isEqualTo(50);
    assertThat(fleet.undecided()).isEqualTo(50);

    // and given
    fleet.provider().resume();
    fleet.judge();
    assertThat(fleet.count("orders.orders where status = 'CONFIRMED'")).isEqualTo(50);
    assertThat(survivor.broken()).isEmpty();
  }

  /**
   * Kills a process whose orders are all at the provider, unanswered; gives the database's time of
   * its death.
   */
  private Instant kill(Worker doomed, int orders) {
    fleet.provider().on().every(SimulatedCharge.approve().untilReleased());
    long before = fleet.orders();
    doomed.tell("place " + orders + " 64 " + doomed.name());
    doomed.await("done");
    assertThat(fleet.orders() - before).isEqualTo(orders);
    assertThat(fleet.undecided()).isEqualTo(orders);
    await().atMost(TestShop.PATIENCE).until(() -> fleet.provider().waiting() >= orders);
    fleet.provider().on().clear();
    Instant killed = fleet.now();
    doomed.process().kill();
    fleet.provider().releaseWaiting(); // to callers that are gone
    return killed;
  }
}
