/**
 * Faults at every boundary of the library, for tests of your own sagas, steps and adapters: {@link
 * com.techcorp.testkit.fault.Faults} stands around ports and stops the simulated process, or loses
 * an answer, at one crossing; {@link com.techcorp.testkit.fault.CrashSweep} finds all crossings of
 * a scenario by itself and tries every one. {@link com.techcorp.testkit.fault.PeerSweep} does the
 * same with the messages of a connection to a server.
 */
@NullMarked
package com.techcorp.testkit.fault;

import org.jspecify.annotations.NullMarked;
