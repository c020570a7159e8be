/**
 * The benchmark of {@code mvn -q -Pbench}: the order workload on the engine and on hand-written
 * JDBC, on one PostgreSQL. Nothing here is published or kept compatible.
 *
 * <p>{@link com.techcorp.bench.Bench} is the command. The packages by job, each of which sees only
 * packages above it:
 *
 * <ul>
 *   <li>{@link com.techcorp.bench.statistics} and {@link com.techcorp.bench.text}: figures, and how
 *       they are written
 *   <li>{@link com.techcorp.bench.workload}: what is ordered
 *   <li>{@link com.techcorp.bench.database}: where it is written and checked
 *   <li>{@link com.techcorp.bench.floor} and {@link com.techcorp.bench.contender}: who takes the
 *       orders, by hand and by the engine
 *   <li>{@link com.techcorp.bench.measure}: how a run of orders is measured
 *   <li>{@link com.techcorp.bench.plan}: which runs there are
 *   <li>{@link com.techcorp.bench.scenario}, {@link com.techcorp.bench.scenario.broker}, {@link
 *       com.techcorp.bench.scenario.trust}, {@link com.techcorp.bench.scenario.auth} and {@link
 *       com.techcorp.bench.scenario.counters}: what they measure
 *   <li>{@link com.techcorp.bench.report}: what comes of it
 * </ul>
 *
 * <p>Two commands have nothing to do with a plan: {@link com.techcorp.bench.compare} compares two
 * commits, and {@link com.techcorp.bench.micro} times paths without a server.
 */
@NullMarked
package com.techcorp.bench;

import org.jspecify.annotations.NullMarked;
