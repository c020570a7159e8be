package com.techcorp.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataFilesTest {

  private static final String PRODUCT =
      """
      [
      {"id":"018a4f97-9c00-7c6b-9d3a-2f1d3c4b5a69","title":"Basic Cotton T-Shirt",\
      "description":"100% cotton","price":PRICE,"original_price":119.90,"category":"t-shirts",\
      "brand":"techcorp-basics","attributes":{"size":["s","m"]},"in_stock":true,\
      "popularity_score":0.85,"updated_at":"2024-01-15T10:30:00Z","currency":"BRL","stock":20}
      ]
      """;
  private static final String CART =
      """
      [
      {"cart_id":"018d0c8e-1a00-7c6b-9d3a-2f1d3c4b5a69",\
      "user_id":"018b8a3f-7800-7c6b-9d3a-2f1d3c4b5a69","items":[ITEM]}
      ]
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"89.90,8990", "89.9,8990", "89,8900", "0.29,29", "1e2,10000"})
  void moneyIsExactInMinorUnits(String decimal, long minorUnits) throws IOException {
    Files.writeString(folder.resolve("catalogue.json"), PRODUCT.replace("PRICE", decimal));

    assertThat(DataFiles.in(folder).catalogue())
        .singleElement()
        .extracting(entry -> entry.prices().price())
        .isEqualTo(minorUnits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"89.905", "\"89.90\"", "null", "-1", "0", "1e30", "120"})
  void aBadPriceNamesFileAndLine(String price) throws IOException {
    Files.writeString(folder.resolve("catalogue.json"), PRODUCT.replace("PRICE", price));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFiles.in(folder).catalogue())
        .withMessageContaining("catalogue.json, line 2, column ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "{\"product_id\":\"018d0c8e-1a00-7c6b-9d3a-2f1d3c4b5a69\"}",
        "{\"product_id\":\"018d0c8e-1a00-7c6b-9d3a-2f1d3c4b5a69\",\"quantity\":0}",
        "{\"product_id\":\"018d0c8e-1a00-7c6b-9d3a-2f1d3c4b5a69\",\"quantity\":1.5}",
        "{\"product_id\":\"018d0c8e-1a00-7c6b-9d3a-2f1d3c4b5a69\",\"quantity\":1,\"x\":1}",
        "{\"product_id\":\"no-uuid\",\"quantity\":1}"
      })
  void aBadCartNamesFileAndLine(String item) throws IOException {
    Files.writeString(folder.resolve("carts.json"), CART.replace("ITEM", item));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFiles.in(folder).carts())
        .withMessageContaining("carts.json, line 2, column ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[", "[null]", "[] []", "[1]"})
  void whatIsNoArrayOfObjectsIsRefused(String content) throws IOException {
    Files.writeString(folder.resolve("orders.json"), content);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFiles.in(folder).orders())
        .withMessageContaining("orders.json, line 1, column ");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFiles.in(folder).customers())
        .withMessage(folder.resolve("customers.json") + " does not exist");
  }

  @Test
  void aCardTokenStaysOutOfText() {
    assertThat(new OrderRequest.Payment("credit_card", "tok_secret").toString())
        .doesNotContain("tok_secret");
  }
}
