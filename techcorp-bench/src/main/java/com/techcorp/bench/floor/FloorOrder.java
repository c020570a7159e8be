package com.techcorp.bench.floor;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.bench.workload.Draft;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a floor knows of one order on its way. Events are written in the very text that jsonb gives
 * back (shorter keys first), so that their hashes need no round trip.
 */
public final class FloorOrder {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final UUID id = UuidCreator.getTimeOrderedEpoch();
  private final UUID transactionId = UuidCreator.getTimeOrderedEpoch();
  private final Draft draft;
  private final String number;
  private final long amount;
  private byte[] hash = {};
  private int seq;

  public FloorOrder(Draft draft, String number) {
    this.draft = draft;
    this.number = number;
    this.amount = draft.amount();
  }

  public UUID id() {
    return id;
  }

  public UUID transactionId() {
    return transactionId;
  }

  Draft draft() {
    return draft;
  }

  public String number() {
    return number;
  }

  public long amount() {
    return amount;
  }

  /** The time as PostgreSQL keeps it. */
  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  /** The link of the next event to the one before; as {@code orders.link} computes it. */
  byte[] link(String type, String data, Instant at) {
    hash = EventHash.link(hash, id, ++seq, type, data, at);
    return hash;
  }

  public String created() {
    String items =
        draft.lines().stream()
            .map(
                line ->
                    "{\"quantity\": "
                        + line.quantity()
                        + ", \"product_id\": \""
                        + line.productId()
                        + "\", \"unit_price\": "
                        + line.unitPrice()
                        + "}")
            .collect(Collectors.joining(", ", "[", "]"));
    return "{\"items\": "
        + items
        + ", \"amount\": "
        + amount
        + ", \"cart_id\": \""
        + draft.cartId()
        + "\", \"user_id\": \""
        + draft.userId()
        + "\", \"currency\": \""
        + Draft.CURRENCY
        + "\", \"order_number\": \""
        + number
        + "\", \"shipping_address_id\": \""
        + draft.addressId()
        + "\"}";
  }

  String paid() {
    return "{\"amount\": "
        + amount
        + ", \"currency\": \""
        + Draft.CURRENCY
        + "\", \"transaction_id\": \""
        + transactionId
        + "\"}";
  }

  String confirmed() {
    return "{}";
  }

  /** An event for the outbox, with the fields that the engine gives it. */
  String published(UUID eventId, String key, int sequence, String data, Instant at) {
    return "{\"event\":\""
        + key
        + "\",\"event_id\":\""
        + eventId
        + "\",\"version\":1,\"order_id\":\""
        + id
        + "\",\"order_number\":\""
        + number
        + "\",\"user_id\":\""
        + draft.userId()
        + "\",\"sequence\":"
        + sequence
        + ",\"timestamp\":\""
        + TIMESTAMP.format(at)
        + "\""
        + (data.equals("{}") ? "}" : "," + data.substring(1));
  }
}
