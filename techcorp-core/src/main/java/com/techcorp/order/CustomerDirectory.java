package com.techcorp.order;

import java.util.Optional;
import java.util.UUID;

/**
 * The host's customers. Thread-safe; throws {@link com.techcorp.error.UnavailableException} on a
 * fault.
 */
public interface CustomerDirectory {
  /**
   * One customer.
   *
   * @param userId its id
   * @return the customer, or empty
   */
  Optional<Customer> findCustomer(UUID userId);

  /**
   * Whether an address is one of this customer's.
   *
   * @param userId the customer
   * @param addressId the address
   * @return false also if either is unknown
   */
  boolean ownsAddress(UUID userId, UUID addressId);

  /**
   * A customer.
   *
   * @param userId the id
   * @param email where mail goes
   * @param fullName for salutations
   * @param locale a BCP 47 tag, such as {@code pt-BR}
   */
  record Customer(UUID userId, String email, String fullName, String locale) {}
}
