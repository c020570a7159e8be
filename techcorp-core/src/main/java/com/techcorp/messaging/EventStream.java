package com.techcorp.messaging;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;

/**
 * The stream that an event belongs to: an order, a user, a product. The events of an ordered stream
 * count from 1 and reach each consumer in that sequence; those of an unordered one are independent
 * of each other.
 *
 * @param type what it is, such as {@code order}: a word, the same in all processes
 * @param id which one; streams of different types may have the same id
 */
public record EventStream(String type, UUID id) implements Serializable {
  /** Checks that both are there. */
  public EventStream {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(id, "id");
    if (type.isBlank()) {
      throw new IllegalArgumentException("the type of a stream must not be blank");
    }
  }

  /** Returns the stream as text for logs, such as {@code order 0190…}. */
  @Override
  public String toString() {
    return type + " " + id;
  }
}
