package com.techcorp.testkit.fault;

import java.util.EnumSet;
import java.util.Set;

/**
 * One message that crossed a connection.
 *
 * @param name such as {@code MAIL #2}
 * @param kind which faults make sense there
 */
record PeerFaultPoint(String name, Kind kind) {
  /** The kinds of messages that cross a connection. */
  enum Kind {
    /** The connection, or its encryption. */
    BEGINNING(
        PeerFault.CLOSE,
        PeerFault.RESET,
        PeerFault.SILENCE,
        PeerFault.STOP_READING,
        PeerFault.LATE,
        PeerFault.NONSENSE),

    /** The server's greeting. */
    GREETING(
        PeerFault.CLOSE,
        PeerFault.RESET,
        PeerFault.SILENCE,
        PeerFault.DRIP,
        PeerFault.LATE,
        PeerFault.NONSENSE,
        PeerFault.REFUSE_FOR_NOW,
        PeerFault.REFUSE_FOR_GOOD),

    /** The beginning of a request, which is not answered yet. */
    PART(
        PeerFault.CLOSE,
        PeerFault.RESET,
        PeerFault.SILENCE,
        PeerFault.STOP_READING,
        PeerFault.LATE,
        PeerFault.NONSENSE),

    /** A request, or the end of one; the server has not got it. */
    REQUEST(
        PeerFault.CLOSE,
        PeerFault.RESET,
        PeerFault.SILENCE,
        PeerFault.STOP_READING,
        PeerFault.LATE,
        PeerFault.NONSENSE,
        PeerFault.REFUSE_FOR_NOW,
        PeerFault.REFUSE_FOR_GOOD),

    /** A reply; the server has done what was asked. */
    REPLY(
        PeerFault.CLOSE,
        PeerFault.RESET,
        PeerFault.SILENCE,
        PeerFault.DRIP,
        PeerFault.LATE,
        PeerFault.NONSENSE);

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private final Set<PeerFault> faults;

    Kind(PeerFault... faults) {
      this.faults = EnumSet.of(faults[0], faults);
    }

    /** Returns the faults that may happen there. */
    Set<PeerFault> faults() {
      return faults;
    }
  }
}
