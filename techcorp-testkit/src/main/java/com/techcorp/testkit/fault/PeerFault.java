package com.techcorp.testkit.fault;

/** The faults that a {@link FaultyPeer} plays when a message crosses a connection. */
public enum PeerFault {
  /** Closes the connection in order. */
  CLOSE,

  /** Ends the connection as a machine does that knows nothing of it. */
  RESET,

  /** Reads on, and says nothing any more. */
  SILENCE,

  /** Reads nothing any more, and says nothing; the connection stays open. */
  STOP_READING,

  /** Gives the reply byte by byte; all of it takes longer than its reader waits. */
  DRIP,

  /** Takes the request, or gives the reply, later than the client waits. */
  LATE,

  /** Says what is no reply of the protocol. */
  NONSENSE,

  /** Says that it cannot take the request now; the server does not get it. */
  REFUSE_FOR_NOW,

  /** Says that it will never take this request; the server does not get it. */
  REFUSE_FOR_GOOD;

  boolean refuses() {
    return this == REFUSE_FOR_NOW || this == REFUSE_FOR_GOOD;
  }
}
