package com.techcorp.amqp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.StockLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A call to an inventory as a message: flat JSON, described in docs/adapters.md. */
final class InventoryRequest {
  static final String RESTOCK = "restock";
  private static final String ORDER = "order_id";
  private static final String HOLD_TOKEN = "hold_token";
  private static final String PRODUCT = "product_id";
  private static final String QUANTITY = "quantity";
  private static final String TIME_TO_LIVE = "time_to_live_ms";

  private final JsonNode fields;

  private InventoryRequest(JsonNode fields) {
    this.fields = fields;
  }

  private static ObjectNode call(String name) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("version", InventoryProtocol.VERSION)
        .put("call", name);
  }

  static InventoryRequest reserve(
      UUID order, @Nullable UUID holdToken, List<StockLine> lines, Duration timeToLive) {
    ObjectNode request = ofHold("reserve", order, holdToken);
    ArrayNode all = request.putArray(InventoryProtocol.LINES);
    for (StockLine line : lines) {
      all.addObject().put(PRODUCT, line.productId().toString()).put(QUANTITY, line.quantity());
    }
    return new InventoryRequest(request.put(TIME_TO_LIVE, timeToLive.toMillis()));
  }

  static InventoryRequest extend(UUID order, @Nullable UUID holdToken, Duration timeToLive) {
    return new InventoryRequest(
        ofHold("extend", order, holdToken).put(TIME_TO_LIVE, timeToLive.toMillis()));
  }

  /** One that says no more than what is to become of an order's stock. */
  static InventoryRequest settle(String name, UUID order, @Nullable UUID holdToken) {
    return new InventoryRequest(ofHold(name, order, holdToken));
  }

  /** A host's own hold has no token. */
  private static ObjectNode ofHold(String name, UUID order, @Nullable UUID holdToken) {
    ObjectNode request = call(name).put(ORDER, order.toString());
    return holdToken == null ? request : request.put(HOLD_TOKEN, holdToken.toString());
  }

  static InventoryRequest restock(UUID product, long quantity) {
    return new InventoryRequest(
        call(RESTOCK).put(PRODUCT, product.toString()).put(QUANTITY, quantity));
  }

  static InventoryRequest levels(Collection<UUID> products) {
    ObjectNode request = call("levels");
    ArrayNode all = request.putArray(InventoryProtocol.PRODUCTS);
    products.forEach(product -> all.add(product.toString()));
    return new InventoryRequest(request);
  }

  byte[] body() {
    return fields.toString().getBytes(StandardCharsets.UTF_8);
  }

  static InventoryRequest read(byte[] body, int maxBytes) throws Fields.MalformedException {
    JsonNode fields = Fields.object(body, maxBytes);
    Fields.version(fields, InventoryProtocol.VERSION);
    Fields.text(fields, "call");
    return new InventoryRequest(fields);
  }

  String name() {
    return fields.get("call").textValue();
  }

  /** Makes the requested call on an inventory. */
  InventoryReply on(InventoryReserver inventory) throws Fields.MalformedException {
    return switch (name()) {
      case "reserve" ->
          InventoryReply.of(inventory.reserve(order(), token(), lines(), timeToLive()));
      case "confirm" -> InventoryReply.of(inventory.confirm(order(), token()));
      case "release" -> InventoryReply.of(inventory.release(order(), token()));
      case "reverse" -> InventoryReply.of(inventory.reverse(order(), token()));
      case "extend" -> InventoryReply.of(inventory.extend(order(), token(), timeToLive()));
      case "levels" -> InventoryReply.of(inventory.levels(products()).values());
      case RESTOCK -> {
        inventory.restock(Fields.id(fields, PRODUCT), Fields.amount(fields, QUANTITY));
        yield InventoryReply.done();
      }
      default -> throw new Fields.MalformedException("this call is not known here");
    };
  }

  private UUID order() throws Fields.MalformedException {
    return Fields.id(fields, ORDER);
  }

  private @Nullable UUID token() throws Fields.MalformedException {
    return fields.has(HOLD_TOKEN) ? Fields.id(fields, HOLD_TOKEN) : null;
  }

  private Duration timeToLive() throws Fields.MalformedException {
    return Duration.ofMillis(Fields.amount(fields, TIME_TO_LIVE));
  }

  private List<StockLine> lines() throws Fields.MalformedException {
    List<StockLine> lines = new ArrayList<>();
    for (JsonNode line : Fields.list(fields, InventoryProtocol.LINES)) {
      lines.add(new StockLine(Fields.id(line, PRODUCT), Fields.amount(line, QUANTITY)));
    }
    return lines;
  }

  private List<UUID> products() throws Fields.MalformedException {
    List<UUID> products = new ArrayList<>();
    for (JsonNode product : Fields.list(fields, InventoryProtocol.PRODUCTS)) {
      products.add(Fields.id(product.asText(), InventoryProtocol.PRODUCTS));
    }
    return products;
  }
}
