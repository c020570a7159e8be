package com.techcorp.bench.scenario;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.measure.ClosedLoop;
import com.techcorp.bench.measure.Costs;
import com.techcorp.bench.plan.Condition;

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
public record Sample(
    Condition cell,
    Contender contender,
    int round,
    int pool,
    ClosedLoop.Result result,
    Costs costs) {}
