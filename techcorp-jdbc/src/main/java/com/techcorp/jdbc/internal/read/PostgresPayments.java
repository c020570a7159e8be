package com.techcorp.jdbc.internal.read;

import com.techcorp.jdbc.internal.batch.Times;
import com.techcorp.jdbc.internal.batch.Transactions;
import com.techcorp.payment.Amount;
import com.techcorp.payment.Refund;
import com.techcorp.payment.RefundStatus;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.payment.spi.PaymentLedger;
import com.techcorp.payment.spi.PaymentReport;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads charges and refunds. */
public final class PostgresPayments implements PaymentLedger {
  /** Reads the live charge of an order, the usual case, by its index. */
  private static final String LIVE =
      "select * from ${payments}.transactions where order_id = :order and live";

  /** Only people ask about an order whose charges are all dead: there is no index for that. */
  private static final String DEAD =
      """
      select * from ${payments}.transactions where order_id = :order and not live
      order by created_at desc limit 1
      """;

  private static final String FIND = "select * from ${payments}.transactions where id = :id";

  private static final String REFUNDS =
      "select * from ${payments}.refunds where transaction_id = :id order by created_at, id";

  /**
   * Reads the reports; among several, an approval counts because money moved, and one with an
   * amount comes first.
   */
  private static final String REPORTED =
      """
      select * from ${payments}.reports where transaction_id = :id
      order by status = 'APPROVED' desc, taken_amount is null, reported_at, id limit 1
      """;

  private static final String UNDECIDED =
      """
      select * from ${payments}.transactions where status in ('PENDING', 'UNKNOWN', 'ABANDONED')
        and updated_at <= (select ${saga}.clock()) - :age * interval '1 ms'
      order by updated_at limit :limit
      """;

  private final Transactions transactions;

  public PostgresPayments(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Optional<Transaction> ofOrder(UUID orderId) {
    return transactions.read(
        handle -> ofOrder(handle, LIVE, orderId).or(() -> ofOrder(handle, DEAD, orderId)));
  }

  private static Optional<Transaction> ofOrder(Handle handle, String sql, UUID orderId) {
    return handle
        .createQuery(sql)
        .bind("order", orderId)
        .map((rows, c) -> transaction(rows))
        .findOne();
  }

  @Override
  public Optional<Transaction> find(UUID id) {
    return transactions.read(
        handle ->
            handle.createQuery(FIND).bind("id", id).map((rows, c) -> transaction(rows)).findOne());
  }

  @Override
  public List<Refund> refunds(UUID transactionId) {
    return transactions.read(
        handle ->
            handle
                .createQuery(REFUNDS)
                .bind("id", transactionId)
                .map((rows, c) -> refund(rows))
                .list());
  }

  @Override
  public List<Transaction> undecided(Duration olderThan, int limit) {
    return transactions.run(
        handle ->
            handle
                .createQuery(UNDECIDED)
                .bind("age", olderThan.toMillis())
                .bind("limit", limit)
                .map((rows, c) -> transaction(rows))
                .list());
  }

  @Override
  public Optional<PaymentReport> reported(UUID transactionId) {
    return transactions.read(
        handle ->
            handle
                .createQuery(REPORTED)
                .bind("id", transactionId)
                .map((rows, c) -> report(rows))
                .findOne());
  }

  private static PaymentReport report(ResultSet rows) throws SQLException {
    return new PaymentReport(
        rows.getObject("transaction_id", UUID.class),
        TransactionStatus.valueOf(rows.getString("status")),
        rows.getString("provider_ref"),
        rows.getString("decline_code"),
        taken(rows),
        Times.instant(rows, "reported_at"));
  }

  private static Transaction transaction(ResultSet rows) throws SQLException {
    return new Transaction(
        rows.getObject("id", UUID.class),
        rows.getObject("order_id", UUID.class),
        new Amount(rows.getLong("amount"), rows.getString("currency")),
        rows.getString("method"),
        TransactionStatus.valueOf(rows.getString("status")),
        new Transaction.Answer(
            rows.getString("provider_ref"), rows.getString("decline_code"), taken(rows)),
        Times.instant(rows, "created_at"),
        Times.instant(rows, "updated_at"));
  }

  private static @Nullable Amount taken(ResultSet rows) throws SQLException {
    String currency = rows.getString("taken_currency");
    return currency == null ? null : new Amount(rows.getLong("taken_amount"), currency);
  }

  private static Refund refund(ResultSet rows) throws SQLException {
    return new Refund(
        rows.getObject("id", UUID.class),
        rows.getObject("transaction_id", UUID.class),
        rows.getLong("amount"),
        rows.getString("currency"),
        RefundStatus.valueOf(rows.getString("status")),
        rows.getString("provider_ref"),
        Times.instant(rows, "created_at"),
        Times.instant(rows, "updated_at"));
  }
}
