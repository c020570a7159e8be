package com.techcorp.contracts;

import com.techcorp.json.JsonObject;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderHead;
import com.techcorp.order.OrderLine;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.payment.Amount;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** One order's effects, one after the other, as the engine would write them. */
final class OrderFixture {
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

  OrderEffect.Create create() {
    UUID cart = StorageContract.newId();
    UUID address = StorageContract.newId();
    List<OrderLine> lines =
        List.of(
            new OrderLine(StorageContract.newId(), 2, 1_999),
            new OrderLine(StorageContract.newId(), 1, 500));
    return new OrderEffect.Create(
        id,
        number,
        userId,
        cart,
        address,
        new Amount(4_498, "EUR"),
        lines,
        created(cart, address, lines),
        null);
  }

  private String created(UUID cart, UUID address, List<OrderLine> lines) {
    return JsonObject.builder()
        .put("order_number", number)
        .put("user_id", userId)
        .put("cart_id", cart)
        .put("shipping_address_id", address)
        .put("amount", 4_498)
        .put("currency", "EUR")
        .putObjects("items", lines.stream().map(OrderFixture::item).toList())
        .build()
        .toString();
  }

  private static JsonObject item(OrderLine line) {
    return JsonObject.builder()
        .put("product_id", line.productId())
        .put("quantity", line.quantity())
        .put("unit_price", line.unitPrice())
        .build();
  }

  /** The next event; the fixture goes on from there. */
  OrderEffect.Append next(OrderEventType type, String data) {
    OrderEffect.Append append = peek(type, data);
    head = append.head();
    return append;
  }

  /** What would be the next event. */
  OrderEffect.Append peek(OrderEventType type, String data) {
    return new OrderEffect.Append(id, type, data, head.after(type, JsonObject.parse(data)));
  }
}
