package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A process that lives, renews its lease and does not move its orders; another one finishes them.
 */
@Tag("alone")
class StuckProcessIT {
  private static final int ORDERS = 5;

  private Fleet fleet;

  @BeforeEach
  void open() {
    fleet = Fleet.fresh().with("lease", 6_000).with("payTimeout", 6_000);
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  @Test
  @DisplayName("R04 in two processes: what hangs in a step of the host's is finished by the other")
  void whatHangsInOneProcessIsFinishedByTheOther() {
    // given: a process whose orders hang after their payment, in a step of the host's
    Worker stuck = fleet.start("stuck");
    stuck.tell("jam");
    stuck.await("jammed");
    stuck.tell("place " + ORDERS + " " + ORDERS + " stuck");
    stuck.await("done");
    stuck.await("stuck");
    assertThat(fleet.undecided()).isEqualTo(ORDERS);

    // when
    Worker other = fleet.start("other");

    // then: all are finished while the first process still hangs, each is paid once
    await().atMost(TestShop.PATIENCE).until(() -> fleet.undecided() == 0);
    assertThat(stuck.process().isAlive()).isTrue();
    assertThat(fleet.count("orders.orders where status = 'CONFIRMED'")).isEqualTo(ORDERS);

    // and when: it goes on
    stuck.tell("free");
    stuck.await("free");

    // then: it writes nothing more of these orders, and takes others
    stuck.tell("place 1 1 again");
    stuck.await("done");
    other.tell("place 1 1 other");
    other.await("done");
    fleet.judge();
    assertThat(fleet.orders()).isEqualTo(ORDERS + 2L);
    assertThat(fleet.provider().money().charges()).isEqualTo(ORDERS + 2L);
  }
}
