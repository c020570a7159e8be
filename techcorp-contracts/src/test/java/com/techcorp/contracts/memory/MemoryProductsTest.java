package com.techcorp.contracts.memory;

import com.techcorp.contracts.ProductSourceContracts;
import com.techcorp.contracts.ProductSourceUnderTest;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductSource;
import com.techcorp.testkit.MemoryProducts;
import java.util.UUID;

/** Products as they are to be found, in memory. */
class MemoryProductsTest extends ProductSourceContracts {
  @Override
  protected ProductSourceUnderTest open() {
    MemoryProducts products = new MemoryProducts();
    return new ProductSourceUnderTest() {
      @Override
      public ProductSource source() {
        return products;
      }

      @Override
      public void put(ProductDocument product) {
        products.put(product);
      }

      @Override
      public void putUnreadable(UUID product) {
        products.putUnreadable(product, "title: it is blank");
      }

      @Override
      public void remove(UUID product) {
        products.remove(product);
      }
    };
  }
}
