/**
 * Faults at every boundary of the library, for tests of your own sagas, steps and adapters: {@link
 * com.techcorp.testkit.fault.Faults} stands around ports and stops the simulated process, or loses
 * an answer, at one crossing; {@link com.techcorp.testkit.fault.CrashSweep} finds all crossings of
 * a story by itself and tries every one.
 */
@NullMarked
package com.techcorp.testkit.fault;

import org.jspecify.annotations.NullMarked;
