package com.techcorp.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.techcorp.error.Failure;
import com.techcorp.json.JsonObject;
import com.techcorp.order.Order;
import com.techcorp.order.OrderEvent;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderHead;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.order.spi.OrderRules;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders and their events in memory. */
final class MemoryOrders implements OrderStore {
  private static final int BLOCK = 100;

  private final MemoryDatabase database;
  private final MemoryTable<UUID, Order> orders;
  private final MemoryTable<String, UUID> numbers;
  private final MemoryTable<UUID, List<Stored>> events;
  private final MemoryTable<UUID, UUID> holdTokens;
  private long nextNumber = 1;

  /** An event with its data as text, so that changing what was read does not change it. */
  private record Stored(int seq, OrderEventType type, String data, Instant at, String hash) {
    OrderEvent of(UUID orderId) {
      return new OrderEvent(orderId, seq, type, JsonObject.parse(data), at, hash);
    }
  }

  MemoryOrders(MemoryDatabase database) {
    this.database = database;
    this.orders = new MemoryTable<>(database);
    this.numbers = new MemoryTable<>(database);
    this.events = new MemoryTable<>(database);
    this.holdTokens = new MemoryTable<>(database);
  }

  @Nullable Failure apply(OrderEffect effect) {
    Order order = orders.get(effect.orderId());
    return OrderRules.decide(effect, order == null ? null : order.lastSeq(), year())
        .ifAccepted(
            sequence -> {
              if (effect instanceof OrderEffect.Create create) {
                create(create);
              } else if (order != null) {
                append((OrderEffect.Append) effect, order);
              }
            });
  }

  private void create(OrderEffect.Create create) {
    if (numbers.has(create.orderNumber())) {
      throw new UnstorableDataException("order number " + create.orderNumber() + " is taken", null);
    }
    numbers.put(create.orderNumber(), create.orderId());
    if (create.holdToken() != null) {
      holdTokens.put(create.orderId(), create.holdToken());
    }
    Instant now = database.now();
    write(
        new Order(
            create.orderId(),
            create.orderNumber(),
            create.userId(),
            create.cartId(),
            create.shippingAddressId(),
            create.total(),
            create.lines(),
            OrderHead.CREATED,
            new Order.Times(now, now)),
        OrderEventType.CREATED,
        create.data());
  }

  private void append(OrderEffect.Append append, Order order) {
    write(order.after(append.head(), database.now()), append.type(), append.data());
  }

  /** Writes an order's row and the event that led to it, linked to the event before. */
  private void write(Order order, OrderEventType type, String data) {
    JsonNode facts = MemoryJson.parse(data);
    List<Stored> chain = new ArrayList<>(chain(order.id()));
    String before = chain.isEmpty() ? "" : chain.get(chain.size() - 1).hash();
    String text = MemoryJson.canonical(facts);
    Instant at = order.updatedAt();
    chain.add(
        new Stored(
            order.lastSeq(),
            type,
            text,
            at,
            link(before, order.id(), order.lastSeq(), type, text, at)));
    events.put(order.id(), List.copyOf(chain));
    orders.put(order.id(), order);
  }

  /** One link of the chain, as {@code orders.link} computes it in PostgreSQL. */
  static String link(
      String before, UUID orderId, int seq, OrderEventType type, String data, Instant at) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
    String linked = orderId + "|" + seq + "|" + type + "|" + data + "|" + micros;
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(HexFormat.of().parseHex(before));
      return HexFormat.of().formatHex(digest.digest(linked.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private List<Stored> chain(UUID orderId) {
    List<Stored> chain = events.get(orderId);
    return chain == null ? List.of() : chain;
  }

  @Override
  public Optional<Order> find(UUID orderId) {
    return database.transaction(() -> Optional.ofNullable(orders.get(orderId)));
  }

  @Override
  public Optional<UUID> holdToken(UUID orderId) {
    return database.transaction(() -> Optional.ofNullable(holdTokens.get(orderId)));
  }

  @Override
  public Optional<Order> findByNumber(String orderNumber) {
    return database.transaction(
        () -> {
          UUID id = numbers.get(orderNumber);
          return id == null ? Optional.empty() : Optional.ofNullable(orders.get(id));
        });
  }

  @Override
  public List<Order> ofCustomer(UUID userId, int limit) {
    return database.transaction(
        () ->
            orders
                .rows()
                .filter(order -> order.userId().equals(userId))
                .sorted(Comparator.comparing(Order::createdAt).thenComparing(Order::id).reversed())
                .limit(limit)
                .toList());
  }

  @Override
  public List<OrderEvent> events(UUID orderId) {
    return database.transaction(
        () -> chain(orderId).stream().map(stored -> stored.of(orderId)).toList());
  }

  @Override
  public Map<UUID, SagaOutcome> outcomes(Collection<UUID> orderIds) {
    return database.transaction(
        () -> {
          Map<UUID, SagaOutcome> outcomes = new HashMap<>();
          for (UUID id : orderIds) {
            Order order = orders.get(id);
            if (order != null && order.status() != OrderStatus.CREATED) {
              outcomes.put(id, outcome(order));
            }
          }
          return outcomes;
        });
  }

  private static SagaOutcome outcome(Order order) {
    String reason = order.cancelReason();
    if (order.status() != OrderStatus.CANCELLED || reason == null) {
      return new SagaOutcome(null);
    }
    String detail = order.cancelDetail();
    return new SagaOutcome(
        new Failure(
            reason,
            "the order was cancelled",
            detail == null ? Map.of() : Map.of("detail", detail)));
  }

  @Override
  public List<NumberBlock> reserveNumbers(int blocks) {
    return database.transaction(
        () -> {
          List<NumberBlock> reserved = new ArrayList<>();
          for (int i = 0; i < blocks; i++) {
            reserved.add(new NumberBlock(year(), nextNumber, BLOCK));
            nextNumber += BLOCK; // never taken back: numbers may have gaps, not repeats
          }
          return reserved;
        });
  }

  private int year() {
    return database.now().atOffset(ZoneOffset.UTC).getYear();
  }
}
