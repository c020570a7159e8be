package com.techcorp.contracts;

import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductSource;
import java.util.UUID;

/** A source of products as {@link ProductSourceContracts} needs it. */
public interface ProductSourceUnderTest extends AutoCloseable {
  /**
   * The source, without a product at first.
   *
   * @return the source
   */
  ProductSource source();

  /**
   * Has the catalogue keep a product, in the place of an earlier one of the same id. It is
   * committed when this returns.
   *
   * @param product in US dollars with two decimals
   */
  void put(ProductDocument product);

  /**
   * Has the catalogue keep a product of which no document can be made.
   *
   * @param product its id
   */
  void putUnreadable(UUID product);

  /**
   * Has a product gone.
   *
   * @param product its id
   */
  void remove(UUID product);

  /** Frees what {@link ContractSuite#open} acquired for this test. Default: does nothing. */
  @Override
  default void close() {}
}
