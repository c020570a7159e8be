package com.techcorp.jdbc.internal.read;

import com.techcorp.error.Failure;
import com.techcorp.jdbc.internal.batch.Times;
import com.techcorp.jdbc.internal.batch.Transactions;
import com.techcorp.json.JsonObject;
import com.techcorp.order.Order;
import com.techcorp.order.OrderEvent;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderHead;
import com.techcorp.order.OrderLine;
import com.techcorp.order.OrderRefundStatus;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.payment.Amount;
import com.techcorp.saga.SagaOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reads orders and their histories from PostgreSQL. */
public final class PostgresOrders implements OrderStore {
  private static final int BLOCK = 100;

  private static final String BY_ID =
      "select o.* from ${orders}.orders o where o.id = any (:ids) order by o.created_at desc, o.id desc";

  private static final String ID_BY_NUMBER =
      "select id from ${orders}.orders where order_number = :number";

  private static final String IDS_OF_CUSTOMER =
      """
      select id from ${orders}.orders where user_id = :user order by created_at desc limit :limit
      """;

  private static final String ITEMS =
      """
      select order_id, product_id, quantity, unit_price from ${orders}.order_items
      where order_id = any (:ids) order by order_id, product_id
      """;

  private static final String EVENTS =
      """
      select order_id, seq, event_type, event_data::text as data, created_at, encode(hash, 'hex') as hash
      from ${orders}.order_events where order_id = :id order by seq
      """;

  private static final String OUTCOMES =
      """
      select id, status, cancel_reason, cancel_detail from ${orders}.orders
      where id = any (:ids) and status <> 'CREATED'
      """;

  /** The sequence steps by a block, so one call reserves all of it. */
  private static final String NUMBERS =
      """
      select nextval('${orders}.order_number_seq') as first,
        extract(year from (select ${saga}.clock()) at time zone 'UTC')::int as year
      from generate_series(1, :blocks)
      """;

  private final Transactions transactions;

  public PostgresOrders(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Optional<Order> find(UUID orderId) {
    return transactions.read(handle -> load(handle, List.of(orderId)).stream().findFirst());
  }

  @Override
  public Optional<UUID> holdToken(UUID orderId) {
    return transactions.read(
        handle ->
            handle
                .createQuery("select hold_token from ${orders}.orders where id = :id")
                .bind("id", orderId)
                .mapTo(UUID.class)
                .filter(Objects::nonNull)
                .findFirst());
  }

  @Override
  public Optional<Order> findByNumber(String orderNumber) {
    return transactions.read(
        handle ->
            load(
                    handle,
                    handle
                        .createQuery(ID_BY_NUMBER)
                        .bind("number", orderNumber)
                        .mapTo(UUID.class)
                        .list())
                .stream()
                .findFirst());
  }

  @Override
  public List<Order> ofCustomer(UUID userId, int limit) {
    return transactions.read(
        handle ->
            load(
                handle,
                handle
                    .createQuery(IDS_OF_CUSTOMER)
                    .bind("user", userId)
                    .bind("limit", limit)
                    .mapTo(UUID.class)
                    .list()));
  }

  private static List<Order> load(Handle handle, List<UUID> ids) {
    Map<UUID, List<OrderLine>> lines = new LinkedHashMap<>();
    handle
        .createQuery(ITEMS)
        .bindArray("ids", UUID.class, ids.toArray())
        .map(
            (rows, c) ->
                Map.entry(
                    rows.getObject(1, UUID.class),
                    new OrderLine(rows.getObject(2, UUID.class), rows.getLong(3), rows.getLong(4))))
        .forEach(e -> lines.computeIfAbsent(e.getKey(), k -> new ArrayList<>()).add(e.getValue()));
    return handle
        .createQuery(BY_ID)
        .bindArray("ids", UUID.class, ids.toArray())
        .map((rows, c) -> order(rows, lines))
        .list();
  }

  private static Order order(ResultSet rows, Map<UUID, List<OrderLine>> lines) throws SQLException {
    UUID id = rows.getObject("id", UUID.class);
    return new Order(
        id,
        rows.getString("order_number"),
        rows.getObject("user_id", UUID.class),
        rows.getObject("cart_id", UUID.class),
        rows.getObject("shipping_address_id", UUID.class),
        new Amount(rows.getLong("amount"), rows.getString("currency")),
        lines.getOrDefault(id, List.of()),
        head(rows),
        new Order.Times(Times.instant(rows, "created_at"), Times.instant(rows, "updated_at")));
  }

  private static OrderHead head(ResultSet rows) throws SQLException {
    String refund = rows.getString("refund_status");
    return new OrderHead(
        OrderStatus.valueOf(rows.getString("status")),
        rows.getString("cancel_reason"),
        rows.getString("cancel_detail"),
        refund == null ? null : OrderRefundStatus.valueOf(refund),
        rows.getInt("last_seq"),
        rows.getInt("published"));
  }

  @Override
  public List<OrderEvent> events(UUID orderId) {
    return transactions.read(
        handle ->
            handle
                .createQuery(EVENTS)
                .bind("id", orderId)
                .map(
                    (rows, c) ->
                        new OrderEvent(
                            orderId,
                            rows.getInt("seq"),
                            OrderEventType.valueOf(rows.getString("event_type")),
                            JsonObject.parse(rows.getString("data")),
                            Times.instant(rows, "created_at"),
                            rows.getString("hash")))
                .list());
  }

  @Override
  public Map<UUID, SagaOutcome> outcomes(Collection<UUID> orderIds) {
    return transactions.read(
        handle -> {
          Map<UUID, SagaOutcome> outcomes = new HashMap<>();
          handle
              .createQuery(OUTCOMES)
              .bindArray("ids", UUID.class, orderIds.toArray())
              .map((rows, c) -> Map.entry(rows.getObject("id", UUID.class), outcome(rows)))
              .forEach(entry -> outcomes.put(entry.getKey(), entry.getValue()));
          return outcomes;
        });
  }

  private static SagaOutcome outcome(ResultSet rows) throws SQLException {
    String reason = rows.getString("cancel_reason");
    String detail = rows.getString("cancel_detail");
    if (reason == null) {
      return new SagaOutcome(null);
    }
    return new SagaOutcome(
        new Failure(reason, reason, detail == null ? Map.of() : Map.of("detail", detail)));
  }

  @Override
  public List<NumberBlock> reserveNumbers(int blocks) {
    return transactions.run(
        handle ->
            handle
                .createQuery(NUMBERS)
                .bind("blocks", blocks)
                .map(
                    (rows, c) -> new NumberBlock(rows.getInt("year"), rows.getLong("first"), BLOCK))
                .list());
  }
}
