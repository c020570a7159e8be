package com.techcorp.examples.data;

import java.util.List;
import java.util.UUID;

/**
 * One customer of {@code customers.json}, with the addresses an order may be shipped to.
 *
 * @param userId the customer, unique in the file
 * @param email unique in the file, in a domain reserved for examples
 * @param fullName given name and family name
 * @param locale BCP 47 tag, {@code pt-BR} or {@code en-US} in the shipped file
 * @param addresses at least one, unmodifiable
 */
public record CustomerEntry(
    UUID userId, String email, String fullName, String locale, List<Address> addresses) {

  /**
   * Copies the addresses and checks the values.
   *
   * @param userId the customer, unique in the file
   * @param email unique in the file, in a domain reserved for examples
   * @param fullName given name and family name
   * @param locale BCP 47 tag, {@code pt-BR} or {@code en-US} in the shipped file
   * @param addresses at least one, unmodifiable
   * @throws IllegalArgumentException if the e-mail has no {@code @} or there is no address
   */
  public CustomerEntry {
    addresses = List.copyOf(addresses);
    DataJson.require(email.indexOf('@') > 0, "email has no @");
    DataJson.require(!addresses.isEmpty(), "addresses is empty");
  }

  /**
   * A shipping address of one customer.
   *
   * @param addressId the address, unique in the file
   * @param line street and number
   * @param city city, with the state where that is the custom
   * @param postalCode in the country's format
   * @param country ISO 3166 alpha-2 code
   */
  public record Address(
      UUID addressId, String line, String city, String postalCode, String country) {}
}
