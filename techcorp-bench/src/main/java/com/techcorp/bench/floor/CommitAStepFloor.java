package com.techcorp.bench.floor;

import com.techcorp.payment.PaymentGateway;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/** The same rows, but each step of an order is a commit of its own: six, each one round trip. */
public final class CommitAStepFloor extends Floor {
  private static final Script CREATE =
      new Script(
          lines ->
              FloorSql.together(List.of(FloorSql.ORDER, FloorSql.CREATED, FloorSql.items(lines))));
  private static final Script RESERVE =
      new Script(lines -> FloorSql.times(lines, FloorSql.RESERVE));
  private static final String PAY =
      FloorSql.together(List.of(FloorSql.PAID, FloorSql.APPROVE_AND_PUBLISH_PAID));
  private static final Script SELL = new Script(lines -> FloorSql.times(lines, FloorSql.SELL));
  private static final String CONFIRM =
      FloorSql.together(List.of(FloorSql.CONFIRMED, FloorSql.PUBLISH_CONFIRMED));

  public CommitAStepFloor(DataSource dataSource, PaymentGateway provider) {
    super(dataSource, provider);
  }

  @Override
  void begin(FloorOrder order) throws SQLException {
    Instant now = FloorOrder.now();
    commit(CREATE.of(order.draft()), to -> FloorWrites.create(order, now, to));
    commit(RESERVE.of(order.draft()), to -> FloorWrites.reserve(order, now, to));
    commit(FloorSql.OPEN_CHARGE, to -> FloorWrites.openCharge(order, now, to));
  }

  @Override
  void end(FloorOrder order, String providerRef) throws SQLException {
    Instant now = FloorOrder.now();
    commit(
        PAY,
        to -> {
          FloorWrites.paid(order, now, to);
          FloorWrites.approve(order, providerRef, now, to);
          FloorWrites.publishPaid(order, now, to);
        });
    commit(SELL.of(order.draft()), to -> FloorWrites.sell(order, now, to));
    commit(
        CONFIRM,
        to -> {
          FloorWrites.confirmed(order, now, to);
          FloorWrites.publishConfirmed(order, now, to);
          to.add(order.id());
        });
  }
}
