package com.techcorp.bench.text;

import com.techcorp.bench.statistics.Summary;

/**
 * One ratio, for a picture.
 *
 * @param what is compared
 * @param spread of the rounds
 * @param wanted what it should be at least; positive
 */
public record Ratio(String what, Summary spread, double wanted) {}
