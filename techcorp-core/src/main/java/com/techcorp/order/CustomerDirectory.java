package com.techcorp.order;

import java.util.Optional;
import java.util.UUID;

/**
 * Reads the host's customers (host SPI). Thread-safe; throws {@link
 * com.techcorp.error.UnavailableException} on a fault.
 */
public interface CustomerDirectory {
  /**
   * Looks up a customer by id.
   *
   * @param userId its id
   * @return the customer, or empty
   */
  Optional<Customer> findCustomer(UUID userId);

  /**
   * Returns whether an address is one of this customer's.
   *
   * @param userId the customer
   * @param addressId the address
   * @return false also if either is unknown
   */
  boolean ownsAddress(UUID userId, UUID addressId);

  /**
   * A customer as messages address them.
   *
   * @param userId the id
   * @param email where mail goes
   * @param fullName for salutations
   * @param locale a BCP 47 tag, such as {@code pt-BR}
   */
  record Customer(UUID userId, String email, String fullName, String locale) {}
}
