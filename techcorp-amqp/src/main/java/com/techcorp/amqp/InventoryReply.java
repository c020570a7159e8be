package com.techcorp.amqp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.techcorp.error.IllegalTransitionException;
import com.techcorp.error.InvalidInputException;
import com.techcorp.error.OverloadedException;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.ReservationResult;
import com.techcorp.inventory.StockLevel;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The result of a call to an inventory, as a message; described in docs/adapters.md. */
final class InventoryReply {
  private static final String RESULT = "result";
  private static final String ERROR = "error";
  private static final String MESSAGE = "message";
  private static final String FIELD = "field";
  private static final String PRODUCT = "product_id";
  private static final String LEVELS = "levels";

  /** A level with the longest numbers is 119 bytes long. */
  private static final int LEVEL_BYTES = 128;

  private static final int ENVELOPE_BYTES = 64;

  private final JsonNode fields;

  private InventoryReply(JsonNode fields) {
    this.fields = fields;
  }

  private static ObjectNode result(String name) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("version", InventoryProtocol.VERSION)
        .put(RESULT, name);
  }

  static InventoryReply done() {
    return new InventoryReply(result("done"));
  }

  static InventoryReply of(ReservationResult result) {
    Objects.requireNonNull(result, "the inventory gave no result");
    if (result instanceof ReservationResult.OutOfStock shortfall) {
      return new InventoryReply(
          result("out_of_stock").put(PRODUCT, shortfall.productId().toString()));
    }
    return result instanceof ReservationResult.Refused refused
        ? new InventoryReply(result("refused").put(MESSAGE, refused.message()))
        : done();
  }

  static InventoryReply of(Collection<StockLevel> levels) {
    ObjectNode reply = result(LEVELS);
    ArrayNode all = reply.putArray(LEVELS);
    for (StockLevel level : levels) {
      all.addObject()
          .put(PRODUCT, level.productId().toString())
          .put("available", level.available())
          .put("reserved", level.reserved());
    }
    return new InventoryReply(reply);
  }

  static InventoryReply malformed(String problem) {
    return error("malformed", problem);
  }

  static InventoryReply of(TechCorpException fault) {
    String message = String.valueOf(fault.getMessage());
    if (fault instanceof InvalidInputException invalid) {
      ObjectNode reply = result(ERROR).put(ERROR, "invalid").put(FIELD, invalid.field());
      return new InventoryReply(
          reply.put(MESSAGE, message.substring(invalid.field().length() + 2)));
    }
    if (fault instanceof OverloadedException) {
      return error("overloaded", message);
    }
    return error(
        fault instanceof IllegalTransitionException ? "illegal_transition" : "unavailable",
        message);
  }

  static InventoryReply unavailable(String message) {
    return error("unavailable", message);
  }

  private static InventoryReply error(String kind, String message) {
    return new InventoryReply(result(ERROR).put(ERROR, kind).put(MESSAGE, message));
  }

  /** Returns the body up to the allowed length; a longer reply asks for a smaller question. */
  byte[] body(int maxBytes) {
    byte[] body = fields.toString().getBytes(StandardCharsets.UTF_8);
    return body.length <= maxBytes
        ? body
        : tooLong(maxBytes).fields.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static InventoryReply tooLong(int maxBytes) {
    return of(
        new InvalidInputException(
            InventoryProtocol.PRODUCTS,
            "the reply would be longer than "
                + maxBytes
                + " bytes (RabbitOptions.maxBytes of the server): ask for fewer at once"));
  }

  /** Returns how many products' levels surely fit into a reply. */
  static int mostLevels(int maxBytes) {
    return Math.max(1, (maxBytes - ENVELOPE_BYTES) / LEVEL_BYTES);
  }

  static InventoryReply read(byte[] body, int maxBytes) throws Fields.MalformedException {
    JsonNode fields = Fields.object(body, maxBytes);
    Fields.version(fields, InventoryProtocol.VERSION);
    Fields.text(fields, RESULT);
    return new InventoryReply(fields);
  }

  /** Returns the result of a reservation, or throws the fault that the reply reports. */
  ReservationResult reservation() throws Fields.MalformedException {
    return switch (kind()) {
      case "done" -> new ReservationResult.Done();
      case "out_of_stock" -> new ReservationResult.OutOfStock(Fields.id(fields, PRODUCT));
      case "refused" -> new ReservationResult.Refused(Fields.text(fields, MESSAGE));
      default -> throw new Fields.MalformedException("a reply to another call");
    };
  }

  /** Returns the stock levels, or throws the fault that the reply reports. */
  Map<UUID, StockLevel> levels() throws Fields.MalformedException {
    if (!kind().equals(LEVELS)) {
      throw new Fields.MalformedException("a reply to another call");
    }
    Map<UUID, StockLevel> levels = new LinkedHashMap<>();
    for (JsonNode level : Fields.list(fields, LEVELS)) {
      UUID product = Fields.id(level, PRODUCT);
      levels.put(
          product,
          new StockLevel(
              product, Fields.amount(level, "available"), Fields.amount(level, "reserved")));
    }
    return levels;
  }

  private String kind() throws Fields.MalformedException {
    String kind = Fields.text(fields, RESULT);
    if (kind.equals(ERROR)) {
      throw fault();
    }
    return kind;
  }

  private TechCorpException fault() throws Fields.MalformedException {
    String message = Fields.text(fields, MESSAGE);
    return switch (Fields.text(fields, ERROR)) {
      case "invalid" -> new InvalidInputException(Fields.text(fields, FIELD), message);
      case "overloaded" -> new OverloadedException(message);
      case "illegal_transition" -> new IllegalTransitionException(message);
      case "malformed" ->
          new UnavailableException("the inventory could not read the request: " + message);
      default -> new UnavailableException(message);
    };
  }
}
