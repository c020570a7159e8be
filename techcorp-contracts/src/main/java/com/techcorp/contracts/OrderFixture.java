package com.techcorp.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderHead;
import com.techcorp.order.OrderLine;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.order.spi.OrderStore;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** One order's effects, one after the other, as the engine would write them. */
final class OrderFixture {
  private static final ObjectMapper JSON = new ObjectMapper();

  final UUID id = StorageContract.newId();
  final UUID userId;
  final String number;
  private OrderHead head = OrderHead.CREATED;

  OrderFixture(UUID userId, String number) {
    this.userId = userId;
    this.number = number;
  }

  static OrderFixture of(OrderStore store) {
    return of(store, StorageContract.newId());
  }

  static OrderFixture of(OrderStore store, UUID userId) {
    OrderStore.NumberBlock block = store.reserveNumbers(1).get(0);
    return new OrderFixture(userId, number(block.year(), block.first()));
  }

  static String number(int year, long number) {
    return String.format(Locale.ROOT, "TC-%04d-%06d", year, number);
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the test's own JSON is broken: " + json, e);
    }
  }

  OrderEffect.Create create() {
    UUID cart = StorageContract.newId();
    UUID address = StorageContract.newId();
    List<OrderLine> lines =
        List.of(
            new OrderLine(StorageContract.newId(), 2, 1_999),
            new OrderLine(StorageContract.newId(), 1, 500));
    return new OrderEffect.Create(
        id, number, userId, cart, address, 4_498, "EUR", lines, created(cart, address, lines));
  }

  private String created(UUID cart, UUID address, List<OrderLine> lines) {
    ObjectNode data = JSON.createObjectNode();
    data.put("order_number", number);
    data.put("user_id", userId.toString());
    data.put("cart_id", cart.toString());
    data.put("shipping_address_id", address.toString());
    data.put("amount", 4_498);
    data.put("currency", "EUR");
    ArrayNode items = data.putArray("items");
    for (OrderLine line : lines) {
      items
          .addObject()
          .put("product_id", line.productId().toString())
          .put("quantity", line.quantity())
          .put("unit_price", line.unitPrice());
    }
    return data.toString();
  }

  /** The next event; the fixture goes on from there. */
  OrderEffect.Append next(OrderEventType type, String data) {
    OrderEffect.Append append = peek(type, data);
    head = append.head();
    return append;
  }

  /** What would be the next event. */
  OrderEffect.Append peek(OrderEventType type, String data) {
    return new OrderEffect.Append(id, type, data, head.after(type, parse(data)));
  }
}
