package com.techcorp.bench.floor;

import com.techcorp.payment.PaymentGateway;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/**
 * An order as a competent engineer writes it by hand: two commits, each one round trip, the
 * provider called in between. Stock comes last in both, so that its rows are locked only while the
 * commit is written.
 */
public final class TwoCommitFloor extends Floor {
  private static final Script BEGIN =
      new Script(
          lines ->
              FloorSql.together(
                  List.of(
                      FloorSql.ORDER,
                      FloorSql.CREATED,
                      FloorSql.items(lines),
                      FloorSql.OPEN_CHARGE,
                      FloorSql.times(lines, FloorSql.RESERVE))));
  private static final Script END =
      new Script(
          lines ->
              FloorSql.together(
                  List.of(
                      FloorSql.FINISH,
                      FloorSql.APPROVE_AND_PUBLISH_BOTH,
                      FloorSql.times(lines, FloorSql.SELL))));

  public TwoCommitFloor(DataSource dataSource, PaymentGateway provider) {
    super(dataSource, provider);
  }

  @Override
  void begin(FloorOrder order) throws SQLException {
    Instant now = FloorOrder.now();
    commit(
        BEGIN.of(order.draft()),
        to -> {
          FloorWrites.create(order, now, to);
          FloorWrites.openCharge(order, now, to);
          FloorWrites.reserve(order, now, to);
        });
  }

  @Override
  void end(FloorOrder order, String providerRef) throws SQLException {
    Instant now = FloorOrder.now();
    commit(
        END.of(order.draft()),
        to -> {
          FloorWrites.finish(order, now, to);
          FloorWrites.approve(order, providerRef, now, to);
          FloorWrites.publishPaid(order, now, to);
          FloorWrites.publishConfirmed(order, now, to);
          FloorWrites.sell(order, now, to);
        });
  }
}
