package com.techcorp.examples.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateDataTest {

  private final DataFiles shipped = DataFiles.bundled();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "catalogue.json",
        "catalogue-portuguese.json",
        "customers.json",
        "carts.json",
        "orders.json"
      })
  void theDefaultSeedGivesTheShippedFiles(String name, @TempDir Path folder) throws IOException {
    GenerateData.write(folder, GenerateData.DEFAULT_SEED);

    try (InputStream expected = DataFiles.class.getResourceAsStream(name)) {
      assertThat(folder.resolve(name))
          .as("%s differs: run GenerateData again and commit its output", name)
          .hasBinaryContent(expected.readAllBytes());
    }
  }

  @Test
  void anotherSeedGivesOtherFilesThatCanBeRead(@TempDir Path folder) throws IOException {
    GenerateData.main(new String[] {folder.toString(), "7"});

    DataFiles other = DataFiles.in(folder);
    assertThat(other.orders()).hasSameSizeAs(shipped.orders()).isNotEqualTo(shipped.orders());
    assertThat(other.carts()).hasSameSizeAs(shipped.carts());
    assertThat(other.catalogue()).hasSameSizeAs(shipped.catalogue());
    assertThat(other.catalogueInPortuguese()).hasSameSizeAs(shipped.catalogue());
    assertThat(other.customers()).hasSameSizeAs(shipped.customers());
  }

  @Test
  void everyCartItemIsInTheCatalogueAndEveryCartHasACustomer() {
    Set<UUID> products =
        shipped.catalogue().stream().map(CatalogueEntry::id).collect(Collectors.toSet());
    Set<UUID> users =
        shipped.customers().stream().map(CustomerEntry::userId).collect(Collectors.toSet());

    assertThat(shipped.carts())
        .allSatisfy(
            cart -> {
              assertThat(users).contains(cart.userId());
              assertThat(cart.items()).hasSizeBetween(1, 5);
              assertThat(cart.items())
                  .allSatisfy(
                      item -> {
                        assertThat(products).contains(item.productId());
                        assertThat(item.quantity()).isBetween(1, 3);
                      });
            });
  }

  @Test
  void everyOrderIsForACartAndAnAddressOfItsCaller() {
    Map<UUID, UUID> ownerOfCart = new HashMap<>();
    shipped.carts().forEach(cart -> ownerOfCart.put(cart.cartId(), cart.userId()));
    Map<UUID, UUID> ownerOfAddress = new HashMap<>();
    for (CustomerEntry customer : shipped.customers()) {
      customer.addresses().forEach(a -> ownerOfAddress.put(a.addressId(), customer.userId()));
    }

    assertThat(shipped.orders())
        .allSatisfy(
            order -> {
              assertThat(ownerOfCart).containsEntry(order.cartId(), order.userId());
              assertThat(ownerOfAddress).containsEntry(order.shippingAddressId(), order.userId());
              assertThat(order.payment().cardToken()).matches("tok_[0-9a-f]{12}");
            });
  }

  @Test
  void idsAndEmailsAreUnique() {
    assertThat(shipped.catalogue()).extracting(CatalogueEntry::id).doesNotHaveDuplicates();
    assertThat(shipped.customers()).extracting(CustomerEntry::userId).doesNotHaveDuplicates();
    assertThat(shipped.customers())
        .extracting(CustomerEntry::email)
        .doesNotHaveDuplicates()
        .allMatch(email -> email.matches("[a-z.]+[0-9]+@example\\.(com|org|net)"));
    assertThat(shipped.customers())
        .flatExtracting(CustomerEntry::addresses)
        .extracting("addressId")
        .doesNotHaveDuplicates();
    assertThat(shipped.carts()).extracting(CartEntry::cartId).doesNotHaveDuplicates();
    assertThat(shipped.orders()).extracting(OrderRequest::cartId).doesNotHaveDuplicates();
  }

  @Test
  void theFilesHoldTheHardCases() {
    assertThat(shipped.catalogue()).extracting(CatalogueEntry::stock).contains(3);
    assertThat(shipped.carts()).anyMatch(GenerateDataTest::listsAProductTwice);
    assertThat(shipped.orders())
        .extracting(order -> order.payment().method())
        .contains("credit_card", "debit_card", "pix");
    assertThat(shipped.customers())
        .extracting(CustomerEntry::locale)
        .containsOnly("pt-BR", "en-US");
  }

  private static boolean listsAProductTwice(CartEntry cart) {
    List<UUID> products = cart.items().stream().map(CartEntry.Item::productId).toList();
    return Set.copyOf(products).size() < products.size();
  }
}
