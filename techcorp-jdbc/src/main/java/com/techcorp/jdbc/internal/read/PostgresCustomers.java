package com.techcorp.jdbc.internal.read;

import com.techcorp.jdbc.internal.batch.Transactions;
import com.techcorp.order.CustomerDirectory;
import java.util.Optional;
import java.util.UUID;

/** Customers from {@code customers.customers}, for hosts that start from nothing. */
public final class PostgresCustomers implements CustomerDirectory {
  private static final String CUSTOMER =
      "select id, email, full_name, locale from ${customers}.customers where id = :user";

  private static final String ADDRESS =
      """
      select exists (select from ${customers}.addresses where id = :address and customer_id = :user)
      """;

  private final Transactions transactions;

  public PostgresCustomers(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Optional<Customer> findCustomer(UUID userId) {
    return transactions.read(
        handle ->
            handle
                .createQuery(CUSTOMER)
                .bind("user", userId)
                .map(
                    (rows, c) ->
                        new Customer(
                            rows.getObject(1, UUID.class),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4)))
                .findOne());
  }

  @Override
  public boolean ownsAddress(UUID userId, UUID addressId) {
    return transactions.read(
        handle ->
            handle
                .createQuery(ADDRESS)
                .bind("user", userId)
                .bind("address", addressId)
                .mapTo(Boolean.class)
                .one());
  }
}
