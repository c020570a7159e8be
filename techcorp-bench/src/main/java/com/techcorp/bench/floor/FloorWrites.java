package com.techcorp.bench.floor;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.bench.workload.Draft;
import com.techcorp.bench.workload.Draft.Line;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Binds what the statements of {@link FloorSql} take, one method each. */
final class FloorWrites {
  private static final Duration HOLD = Duration.ofMinutes(15);

  private FloorWrites() {}

  static void create(FloorOrder order, Instant now, Parameters to) throws SQLException {
    OffsetDateTime at = FloorOrder.utc(now);
    String data = order.created();
    byte[] hash = order.link("CREATED", data, now);
    Draft draft = order.draft();
    to.add(order.id()).add(order.number()).add(draft.userId()).add(draft.cartId());
    to.add(draft.addressId()).add(order.amount()).add(Draft.CURRENCY).add(hash).add(at).add(at);
    to.add(order.id()).add(data).add(at).add(hash);
    for (Line line : draft.lines()) {
      to.add(order.id()).add(line.productId()).add(line.quantity()).add(line.unitPrice());
    }
  }

  static void reserve(FloorOrder order, Instant now, Parameters to) throws SQLException {
    OffsetDateTime at = FloorOrder.utc(now);
    OffsetDateTime expires = FloorOrder.utc(now.plus(HOLD));
    for (Line line : order.draft().lines()) {
      long quantity = line.quantity();
      to.add(quantity).add(quantity).add(line.productId()).add(quantity);
      to.add(UuidCreator.getTimeOrderedEpoch()).add(order.id()).add(quantity).add(expires).add(at);
    }
  }

  static void openCharge(FloorOrder order, Instant now, Parameters to) throws SQLException {
    OffsetDateTime at = FloorOrder.utc(now);
    to.add(order.transactionId()).add(order.id()).add(order.amount()).add(Draft.CURRENCY);
    to.add(Draft.METHOD).add(order.transactionId().toString()).add(at).add(at);
  }

  /** Of {@link FloorSql#FINISH}. */
  static void finish(FloorOrder order, Instant now, Parameters to) throws SQLException {
    OffsetDateTime at = FloorOrder.utc(now);
    byte[] paid = order.link("PAID", order.paid(), now);
    byte[] confirmed = order.link("CONFIRMED", order.confirmed(), now);
    to.add(confirmed).add(at).add(order.id());
    to.add(order.paid()).add(at).add(paid).add(at).add(confirmed);
  }

  /** Of {@link FloorSql#PAID}. */
  static void paid(FloorOrder order, Instant now, Parameters to) throws SQLException {
    OffsetDateTime at = FloorOrder.utc(now);
    byte[] hash = order.link("PAID", order.paid(), now);
    to.add(hash).add(at).add(order.id()).add(order.paid()).add(at).add(hash);
  }

  /** Of {@link FloorSql#CONFIRMED}. */
  static void confirmed(FloorOrder order, Instant now, Parameters to) throws SQLException {
    OffsetDateTime at = FloorOrder.utc(now);
    byte[] hash = order.link("CONFIRMED", order.confirmed(), now);
    to.add(hash).add(at).add(order.id()).add(at).add(hash);
  }

  static void approve(FloorOrder order, String providerRef, Instant now, Parameters to)
      throws SQLException {
    to.add(providerRef).add(FloorOrder.utc(now)).add(order.transactionId());
  }

  static void publishPaid(FloorOrder order, Instant now, Parameters to) throws SQLException {
    UUID eventId = UuidCreator.getTimeOrderedEpoch();
    to.add(eventId);
    to.add(order.published(eventId, "payment.confirmed", 1, order.paid(), now));
    to.add(FloorOrder.utc(now));
  }

  static void publishConfirmed(FloorOrder order, Instant now, Parameters to) throws SQLException {
    UUID eventId = UuidCreator.getTimeOrderedEpoch();
    to.add(eventId);
    to.add(order.published(eventId, "order.confirmed", 2, order.confirmed(), now));
    to.add(FloorOrder.utc(now));
  }

  static void sell(FloorOrder order, Instant now, Parameters to) throws SQLException {
    OffsetDateTime at = FloorOrder.utc(now);
    for (Line line : order.draft().lines()) {
      to.add(order.id()).add(line.productId()).add(line.quantity()).add(line.productId());
      to.add(order.id()).add(-line.quantity()).add(at);
    }
  }
}
