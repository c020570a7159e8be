package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductSource;
import com.techcorp.search.UnreadableProductsException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What all {@link ProductSource}s do. */
public abstract class ProductSourceContracts extends ContractSuite<ProductSourceUnderTest> {
  private static final UUID SHIRT = UUID.fromString("018d0c1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f");
  private static final UUID MUG = UUID.fromString("f18d0c1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f");

  /** For subclasses. */
  protected ProductSourceContracts() {}

  private ProductSource source() {
    return adapter().source();
  }

  private static ProductDocument.Builder product(UUID id) {
    return ProductDocument.builder(
        id,
        "Basic Cotton T-Shirt",
        new BigDecimal("89.90"),
        Instant.parse("2024-01-15T10:30:00.123456Z"));
  }

  @Test
  void givesEachFieldAsTheCatalogueHasIt() {
    // given
    ProductDocument shirt =
        product(SHIRT)
            .description("100% cotton \"t-shirt\" …")
            .originalPrice(new BigDecimal("119.90"))
            .category("t-shirts")
            .brand("techcorp-basics")
            .attribute("color", List.of("blue", "red", "black"))
            .attribute("size.eu", List.of("s"))
            .inStock(true)
            .popularity(0.85)
            .build();
    ProductDocument mug = product(MUG).build();
    adapter().put(shirt);
    adapter().put(mug);

    // when, then: those that are not there are left out
    assertThat(source().load(List.of(SHIRT, UUID.randomUUID(), MUG)))
        .containsOnlyKeys(SHIRT, MUG)
        .containsEntry(SHIRT, shirt)
        .containsEntry(MUG, mug);
    assertThat(source().load(List.of())).isEmpty();
  }

  @Test
  void seesWhatWasCommittedBeforeTheCall() {
    adapter().put(product(SHIRT).inStock(true).build());
    assertThat(source().load(List.of(SHIRT)).get(SHIRT)).matches(ProductDocument::inStock);

    adapter().put(product(SHIRT).inStock(false).build());
    assertThat(source().load(List.of(SHIRT)).get(SHIRT)).matches(found -> !found.inStock());

    adapter().remove(SHIRT);
    assertThat(source().load(List.of(SHIRT))).isEmpty();
  }

  @Test
  void namesTheProductsThatCannotBeReadAndNoOthers() {
    adapter().put(product(SHIRT).build());
    adapter().putUnreadable(MUG);

    assertThatExceptionOfType(UnreadableProductsException.class)
        .isThrownBy(() -> source().load(List.of(SHIRT, MUG)))
        .satisfies(e -> assertThat(e.problems()).containsOnlyKeys(MUG));
    assertThat(source().load(List.of(SHIRT))).containsOnlyKeys(SHIRT);
  }

  @Test
  void listsAllIdsPageByPageInTheOrderOfTheirText() {
    // given: also ids that a signed comparison would sort otherwise
    List<UUID> all = new ArrayList<>(Stream.generate(UUID::randomUUID).limit(20).toList());
    all.add(MUG);
    all.add(SHIRT);
    all.forEach(id -> adapter().put(product(id).build()));
    all.sort(Comparator.comparing(UUID::toString));

    // when
    List<UUID> listed = new ArrayList<>();
    UUID after = null;
    List<UUID> page;
    do {
      page = page(after);
      listed.addAll(page);
      after = page.isEmpty() ? after : page.get(page.size() - 1);
    } while (page.size() == 5);

    // then
    assertThat(listed).isEqualTo(all);
  }

  private List<UUID> page(@Nullable UUID after) {
    return source().idsAfter(after, 5);
  }
}
