package com.techcorp.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.InvalidInputException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.OutboxEffect.Publish;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductUpdatesTest {
  private final UUID product = UUID.randomUUID();

  @Test
  void standForThemselves() {
    // when
    Publish publish = ProductUpdates.updated(product, List.of("stock", "price", "stock"));

    // then
    Event event = publish.at(Instant.parse("2024-01-15T10:30:00Z"));
    assertThat(event.stream()).isEqualTo(new EventStream("product", product));
    assertThat(event.isOrdered()).isFalse();
    assertThat(event.payload())
        .hasToString(
            "{\"event\":\"product.updated\",\"event_id\":\""
                + event.id()
                + "\",\"version\":1,\"product_id\":\""
                + product
                + "\",\"changes\":[\"price\",\"stock\"],\"timestamp\":\"2024-01-15T10:30:00.000000Z\"}");
    assertThat(ProductUpdates.updated(product, List.of()).eventId()).isNotEqualTo(event.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void aChangeHasAName(String name) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> ProductUpdates.updated(product, List.of(name)))
        .withMessage("changes: a name must have 1 to 100 characters");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> ProductUpdates.updated(product, List.of("x".repeat(101))));
  }
}
