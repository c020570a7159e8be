package com.techcorp.catalog;

import java.util.UUID;

/**
 * A product that can be sold.
 *
 * @param id its id
 * @param title its name for people
 * @param price minor units of the currency
 * @param currency ISO 4217
 * @param version grows with every change
 */
public record Product(UUID id, String title, long price, String currency, long version) {}
