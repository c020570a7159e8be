package com.techcorp.search;

import java.util.UUID;

/**
 * A product that may be meant by what is typed so far.
 *
 * @param text its title
 * @param product its id
 */
public record Suggestion(String text, UUID product) {}
