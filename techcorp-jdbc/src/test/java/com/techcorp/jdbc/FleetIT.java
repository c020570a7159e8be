package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several processes on one database, which come and go. */
@Tag("slow")
class FleetIT {
  private static final Duration PAUSE_BETWEEN_ORDERS = Duration.ofMillis(10);

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
  @DisplayName("T15 three processes, one joins and one leaves twice under load")
  void processesComeAndGo() {
    comeAndGo(2);
  }

  @Test
  @Tag("soak")
  @DisplayName("three processes, one joins and one leaves 30 times under load")
  void processesComeAndGoForLong() {
    comeAndGo(30);
  }

  private void comeAndGo(int changes) {
    // given
    Deque<Worker> running = new ArrayDeque<>(fleet.start("w1", "w2", "w3"));
    running.forEach(worker -> worker.load(4, PAUSE_BETWEEN_ORDERS));
    fleet.awaitProgress(List.copyOf(running));

    // when: the next one joins, the oldest one leaves or is killed
    for (int i = 1; i <= changes; i++) {
      Worker joining = fleet.start("w" + (i + 3)).load(4, PAUSE_BETWEEN_ORDERS);
      running.add(joining);
      Worker leaving = running.remove();
      if (i % 2 == 0) {
        leaving.process().kill();
      } else {
        leaving.leave();
      }
      fleet.awaitProgress(List.copyOf(running));
    }

    // then
    running.forEach(Worker::stopLoad);
    String errors = fleet.repeatFailed(running.getFirst());
    fleet.judge();
    System.out.println(changes + " changes: " + fleet.orders() + " orders, " + errors);
    System.out.println("by process: " + receipts());
  }

  private Map<String, Integer> receipts() {
    return fleet.workers().stream()
        .collect(Collectors.toMap(Worker::name, worker -> worker.placed().size()));
  }

  @Test
  @DisplayName("what a killed process leaves is shared by those who are there")
  void aBacklogIsShared() {
    // given: more than one process takes at a time, all still to be charged, by a provider that
    // takes its time; and processes that have worked before, or the first to be warm takes most
    int orders = 1_500;
    List<Worker> workers = fleet.with("calls", 64).start("doomed", "left", "right");
    workers.forEach(FleetIT::warmUp);
    fleet.audit();
    Worker doomed = workers.get(0);
    fleet.provider().on().every(SimulatedCharge.loseRequest().untilReleased());
    doomed.tell("place " + orders + " 64 doomed");
    doomed.await("done");
    fleet.provider().on().every(SimulatedCharge.slow(Duration.ofMillis(300)));

    // when
    doomed.process().kill();
    fleet.judge();

    // then
    Map<String, Long> finished = finishedBy();
    System.out.println(orders + " orders of a killed process were finished by " + finished);
    assertThat(finished.getOrDefault("left", 0L)).isGreaterThan(orders / 5);
    assertThat(finished.getOrDefault("right", 0L)).isGreaterThan(orders / 5);
  }

  private static void warmUp(Worker worker) {
    worker.tell("place 300 64 warm-" + worker.name());
    worker.await("done");
  }

  private Map<String, Long> finishedBy() {
    return fleet
        .sql()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select who, count(*) from audit where what = 'orders UPDATE' group by who")
                    .map((rows, c) -> Map.entry(rows.getString(1), rows.getLong(2)))
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}
