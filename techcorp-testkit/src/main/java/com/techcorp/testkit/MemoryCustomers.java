package com.techcorp.testkit;

import com.techcorp.order.CustomerDirectory;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Customers and their addresses in memory. Thread-safe. */
public final class MemoryCustomers implements CustomerDirectory {
  private final Map<UUID, Customer> customers = new ConcurrentHashMap<>();
  private final Map<UUID, Set<UUID>> addresses = new ConcurrentHashMap<>();

  /** Creates a directory without customers. */
  public MemoryCustomers() {}

  /**
   * Keeps a customer, in the place of an earlier one of the same id, and adds addresses.
   *
   * @param customer the customer
   * @param addressIds addresses of this customer, added to those that are there
   * @return this directory
   */
  public MemoryCustomers put(Customer customer, UUID... addressIds) {
    customers.put(customer.userId(), customer);
    addresses
        .computeIfAbsent(customer.userId(), id -> ConcurrentHashMap.newKeySet())
        .addAll(Set.of(addressIds));
    return this;
  }

  @Override
  public Optional<Customer> findCustomer(UUID userId) {
    return Optional.ofNullable(customers.get(userId));
  }

  @Override
  public boolean ownsAddress(UUID userId, UUID addressId) {
    return addresses.getOrDefault(userId, Set.of()).contains(addressId);
  }
}
