package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.ConsumerBacklog.Move;
import com.techcorp.messaging.spi.ConsumerBacklog.Queue;
import com.techcorp.testkit.SimulatedGateway;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every statement of an order's way goes by an index, told by the plans that the server logs as it
 * runs them: on empty tables, on young ones, where a scan looks cheap to the planner, and on large
 * ones.
 */
class PlansIT {
  /**
   * So many different statements are sent under a lease at least; fewer, and too little is seen.
   */
  private static final int STATEMENTS_UNDER_A_LEASE = 40;

  private static final int FEW = 40;

  private static final int SOME = 300;

  /**
   * A start reads the migrations and counts live sagas, a stop gives back a node's, the relay
   * counts what it has to do, and once in a lease a process looks for what nobody moves.
   */
  private static final Pattern READS_ALL =
      Pattern.compile(
          "^select \\w+ from saga.techcorp_schema_history"
              + "|^select definition, version, step, count\\(|^update saga.instances s set owner = null"
              + "|^with stuck as materialized \\( select id, move_by from saga.instances"
              + "|^select count\\(\\*\\) as events"
              + "|^select consumer, count\\(\\*\\) as events");

  private TestShop shop;
  private boolean counting;

  @BeforeEach
  void open() {
    shop = TestShop.over(PlanLog.database(), SimulatedGateway.approving());
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void emptyTables() {
    assertIndexesUnderALease(plansOf(FEW));
  }

  @Test
  void youngTables() {
    plansOf(SOME);
    assertIndexesUnderALease(plansOf(FEW));
    TestShop.execute(shop.database(), "analyze");
    assertIndexesUnderALease(plansOf(FEW));
  }

  /** Plans are kept, and what they were made for has gone long before autovacuum looks again. */
  @Test
  void tablesThatWereEmptyWhenTheyWereAnalyzed() {
    TestShop.execute(shop.database(), "vacuum analyze");

    List<LoggedPlan> plans = plansOf(SOME);

    assertIndexesUnderALease(plans);
    assertThat(underALease(plans)).flatExtracting(LoggedPlan::wholeIndexes).isEmpty();
  }

  /** The statements that change stock then return what is left. */
  @Test
  @Tag("slow")
  void countersChangeNoPlan() {
    counting = true;

    List<LoggedPlan> plans = plansOf(FEW);

    assertThat(plans)
        .extracting(LoggedPlan::query)
        .anyMatch(query -> query.contains("as versions"));
    assertIndexesUnderALease(plans);
  }

  @Test
  void largeTables() {
    // given
    TestShop.execute(shop.database(), LargeTables.OF_ORDERS);

    // when
    List<LoggedPlan> plans = plansOf(FEW);

    // then: backlogs were written, read and removed
    assertThat(plans)
        .extracting(LoggedPlan::query)
        .anyMatch(query -> query.startsWith("insert into messaging.consumer_backlog"))
        .anyMatch(query -> query.contains("from unnest(cast(") && query.contains("c.most) s"))
        .anyMatch(query -> query.startsWith("delete from messaging.consumer_backlog"));

    // and what reads without a lease, and so without our settings, has its indexes too
    assertIndexesUnderALease(plans);
    assertThat(plans)
        .filteredOn(plan -> plan.isOfLibrary() && !READS_ALL.matcher(plan.query()).find())
        .flatExtracting(LoggedPlan::scans)
        .isEmpty();
  }

  @Test
  @Tag("slow")
  void manyProductsThatWaitForAPausedConsumer() {
    // given
    TestShop.execute(shop.database(), LargeTables.OF_PRODUCTS_THAT_WAIT);
    EventStream product = new EventStream("product", UUID.randomUUID());
    long before = PlanLog.position();

    // when each event takes the place of the one before
    try (HikariDataSource pool = PlanLog.pool(shop.database(), 2)) {
      ConsumerBacklog backlog = PostgresStorage.builder(pool).build().consumerBacklog();
      for (int i = 0; i < FEW; i++) {
        Event event =
            new Event(
                UUID.randomUUID(), product, Event.UNORDERED, "product.updated", JsonObject.EMPTY);
        Queue queue = Queue.of("paused", event);
        backlog.add(
            null, List.of(new Move(queue, List.of(event), 0, Duration.ZERO, null, true, true)));
      }
    }

    // then
    assertThat(PlanLog.since(before))
        .filteredOn(plan -> plan.query().startsWith("with superseded"))
        .isNotEmpty()
        .flatExtracting(LoggedPlan::scans)
        .isEmpty();
    assertThat(shop.count("messaging.consumer_backlog where consumer = 'paused'"))
        .isEqualTo(50_001);
  }

  private static List<LoggedPlan> underALease(List<LoggedPlan> plans) {
    Set<String> underALease = new HashSet<>();
    plans.stream()
        .filter(plan -> plan.query().contains("saga.lease_lost"))
        .forEach(plan -> underALease.add(plan.transaction()));
    return plans.stream().filter(plan -> underALease.contains(plan.transaction())).toList();
  }

  private static void assertIndexesUnderALease(List<LoggedPlan> plans) {
    List<LoggedPlan> ofLanes = underALease(plans);
    long different = ofLanes.stream().map(LoggedPlan::query).distinct().count();
    System.out.println(different + " different statements under a lease, " + ofLanes.size());
    assertThat(different).isGreaterThanOrEqualTo(STATEMENTS_UNDER_A_LEASE);
    assertThat(ofLanes).flatExtracting(LoggedPlan::scans).isEmpty();
    assertThat(ofLanes).flatExtracting(LoggedPlan::joinsOfAll).isEmpty();
  }

  private List<LoggedPlan> plansOf(int orders) {
    long before = PlanLog.position();
    new EveryWayOfAnOrder(shop, counting).take(orders);
    return PlanLog.since(before);
  }
}
