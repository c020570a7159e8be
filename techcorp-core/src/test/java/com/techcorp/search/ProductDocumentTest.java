package com.techcorp.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.InvalidInputException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductDocumentTest {
  private static final UUID ID = UUID.fromString("018d0c1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f");
  private static final Instant TIME = Instant.parse("2024-01-15T10:30:00Z");

  private static ProductDocument.Builder shirt() {
    return ProductDocument.builder(ID, "Basic Cotton T-Shirt", new BigDecimal("89.90"), TIME);
  }

  @Test
  void writesTheSeedsDocumentByteForByte() {
    ProductDocument product =
        shirt()
            .description("100% cotton t-shirt...")
            .originalPrice(new BigDecimal("119.90"))
            .category("t-shirts")
            .brand("techcorp-basics")
            .attribute("size", List.of("s", "m", "l", "xl"))
            .attribute("color", List.of("blue", "red", "black"))
            .inStock(true)
            .popularity(0.85)
            .build();

    assertThat(product.json())
        .isEqualTo(
            "{\"id\":\"018d0c1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f\",\"title\":\"Basic Cotton T-Shirt\","
                + "\"description\":\"100% cotton t-shirt...\",\"price\":89.90,"
                + "\"original_price\":119.90,\"category\":\"t-shirts\","
                + "\"brand\":\"techcorp-basics\",\"attributes\":{\"color\":[\"blue\",\"red\",\"black\"],"
                + "\"size\":[\"s\",\"m\",\"l\",\"xl\"]},\"in_stock\":true,\"popularity_score\":0.85,"
                + "\"updated_at\":\"2024-01-15T10:30:00Z\"}");
    assertThat(DocumentReader.read(product.json())).isEqualTo(product);
  }

  @Test
  void leavesOutWhatTheProductDoesNotHave() {
    assertThat(shirt().build().json())
        .isEqualTo(
            "{\"id\":\"018d0c1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f\",\"title\":\"Basic Cotton T-Shirt\","
                + "\"price\":89.90,\"in_stock\":false,\"popularity_score\":0.0,"
                + "\"updated_at\":\"2024-01-15T10:30:00Z\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-15T10:30:00Z, 2024-01-15T10:30:00Z",
    "2024-01-15T10:30:00.500Z, 2024-01-15T10:30:00.5Z",
    "2024-01-15T10:30:00.000010Z, 2024-01-15T10:30:00.00001Z",
    "2024-01-15T10:30:00.123456789Z, 2024-01-15T10:30:00.123456789Z"
  })
  void writesAsManyDigitsOfASecondAsNeeded(Instant time, String text) {
    ProductDocument product = ProductDocument.builder(ID, "Mug", BigDecimal.ONE, time).build();

    assertThat(product.json()).endsWith("\"updated_at\":\"" + text + "\"}");
    assertThat(DocumentReader.read(product.json()).updatedAt()).isEqualTo(time);
  }

  @Test
  void givesPricesTheDecimalsOfTheCurrency() {
    ProductDocument product =
        ProductDocument.builder(ID, "Mug", new BigDecimal("5"), TIME)
            .originalPrice(new BigDecimal("7.5"))
            .build();

    assertThat(product.withDecimals(2).json()).contains("\"price\":5.00,\"original_price\":7.50");
    assertThat(product.withDecimals(3).price()).isEqualTo(new BigDecimal("5.000"));
  }

  @Test
  void refusesAPriceThatTheCurrencyCannotHave() {
    ProductDocument product =
        ProductDocument.builder(ID, "Mug", new BigDecimal("5.001"), TIME).build();

    assertThatThrownBy(() -> product.withDecimals(2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("price: it has more decimals than the index's currency, which has 2");
  }

  @Test
  void refusesWhatNoIndexTakesAndQuotesNoValue() {
    assertThatThrownBy(() -> shirt().popularity(Double.NaN).build())
        .hasMessageStartingWith("popularity_score: ");
    assertThatThrownBy(() -> shirt().popularity(-1).build())
        .hasMessageStartingWith("popularity_score: ");
    assertThatThrownBy(() -> shirt().brand("").build()).hasMessageStartingWith("brand: ");
    assertThatThrownBy(() -> shirt().category("x\0y").build())
        .hasMessageStartingWith("category: ")
        .hasMessageNotContaining("x\0y");
    assertThatThrownBy(() -> shirt().attribute("", List.of("a")).build())
        .hasMessageStartingWith("attribute: ");
    assertThatThrownBy(() -> shirt().description("x".repeat(100_001)).build())
        .hasMessageStartingWith("description: ");
    assertThatThrownBy(() -> shirt().originalPrice(new BigDecimal("-1")).build())
        .hasMessageStartingWith("original_price: ");
    assertThatThrownBy(() -> ProductDocument.builder(ID, " ", BigDecimal.ONE, TIME).build())
        .hasMessageStartingWith("title: ");
    assertThatThrownBy(
            () -> ProductDocument.builder(ID, "Mug", new BigDecimal("1E+20"), TIME).build())
        .hasMessageStartingWith("price: ");
    assertThatThrownBy(
            () -> ProductDocument.builder(ID, "Mug", BigDecimal.ONE, Instant.MAX).build())
        .hasMessageStartingWith("updated_at: ");
  }

  @Test
  void refusesMoreAttributesThanAProductMayHave() {
    ProductDocument.Builder many = shirt();
    for (int i = 0; i < 1_001; i++) {
      many.attribute("a" + i, List.of("x"));
    }
    assertThatThrownBy(many::build).hasMessageStartingWith("attributes: ");
    assertThatThrownBy(() -> shirt().attribute("a", Collections.nCopies(10_001, "x")).build())
        .hasMessageStartingWith("attributes: ");
  }

  @Test
  void readsTextsThatOthersWrote() {
    ProductDocument product =
        DocumentReader.read(
            "{\"updated_at\":\"2024-01-15T10:30:00Z\",\"price\":5,\"title\":\"Mug\",\"id\":\""
                + ID
                + "\",\"attributes\":{\"color\":\"blue\"}}");

    assertThat(product.price()).isEqualTo(new BigDecimal("5"));
    assertThat(product.values(ProductField.attribute("color"))).containsExactly("blue");
    assertThat(product.values(ProductField.BRAND)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}",
        "[]",
        "{\"id\":\"x\",\"title\":\"Mug\",\"price\":1,\"updated_at\":\"2024-01-15T10:30:00Z\"}",
        "{\"id\":\"018d0c1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f\",\"title\":\"Mug\",\"price\":\"1\","
            + "\"updated_at\":\"2024-01-15T10:30:00Z\"}",
        "{\"id\":\"018d0c1e-7a2b-7c3d-8e4f-5a6b7c8d9e0f\",\"title\":\"Mug\",\"price\":1,"
            + "\"updated_at\":\"yesterday\"}"
      })
  void refusesTextsThatAreNoDocument(String text) {
    assertThatThrownBy(() -> DocumentReader.read(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("document: ");
  }
}
