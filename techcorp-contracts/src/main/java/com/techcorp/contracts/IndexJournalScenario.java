package com.techcorp.contracts;

import com.techcorp.search.ProductDocument;
import com.techcorp.search.spi.IndexJournal;
import com.techcorp.search.spi.IndexJournal.Role;
import com.techcorp.search.spi.IndexJournal.Target;
import com.techcorp.search.spi.IndexJournal.Turn;
import com.techcorp.testkit.MemoryProducts;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Products, turns and targets, in short words. */
public abstract class IndexJournalScenario extends Contract<IndexJournalUnderTest> {
  static final String INDEX = "products";
  static final UUID SHIRT = UUID.fromString("018d0c1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f");
  static final UUID MUG = UUID.fromString("f18d0c1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f");

  final MemoryProducts products = new MemoryProducts();

  /** For subclasses. */
  protected IndexJournalScenario() {}

  final IndexJournal journal() {
    return adapter().journal();
  }

  final Instant now() {
    return adapter().clock().now();
  }

  final ProductDocument product(UUID id, String title) {
    ProductDocument product =
        ProductDocument.builder(
                id, title, new BigDecimal("5.00"), Instant.parse("2024-01-15T10:30:00Z"))
            .build();
    products.put(product);
    return product;
  }

  final Turn turn(UUID... ids) {
    return journal().turn(INDEX, List.of(ids), products);
  }

  static long version(Turn turn, UUID product) {
    return Objects.requireNonNull(turn.products().get(product)).version();
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  final void register(String target, Role role) {
    journal().register(INDEX, new Target(target, role, Instant.EPOCH));
  }
}
