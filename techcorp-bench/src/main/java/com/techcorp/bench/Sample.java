package com.techcorp.bench;

/**
 * One contender, measured once.
 *
 * @param cell under which conditions
 * @param contender who
 * @param round in which round
 * @param pool connections it had
 * @param result what the clients saw
 * @param costs what an order cost
 */
record Sample(
    Condition cell,
    Contender contender,
    int round,
    int pool,
    ClosedLoop.Result result,
    Costs costs) {}
