package com.techcorp.amqp;

import com.techcorp.testkit.fault.FaultyPeer;
import com.techcorp.testkit.fault.PeerScenario;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Something done over a broker, through a peer that misbehaves, until all of it is done. */
abstract class BrokerScenario implements PeerScenario {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  final TestBroker broker;
  private final FaultyPeer peer;
  private boolean ended;

  /**
   * @param broker the way to it without the peer
   */
  BrokerScenario(TestBroker broker, FaultyPeer peer) {
    this.broker = broker;
    this.peer = peer;
    try {
      // Else the first of several connections would declare them, another one each time.
      broker.with(
          channel -> {
            new TopologyDeclarations(Topology.of(broker.options)).declareExchanges(channel);
            return true;
          });
    } catch (Exception e) {
      throw new IllegalStateException("the exchanges could not be declared", e);
    }
  }

  @Override
  public final FaultyPeer peer() {
    return peer;
  }

  final TestBroker throughPeer() {
    return broker.at(peer.port());
  }

  /** Connects: not before, or the first crossings come before their fault is planned. */
  abstract void begin();

  /** Does once more what is not done, and bears that it fails. */
  abstract void tryOn();

  abstract boolean isDone();

  /** Ends all connections. */
  abstract void end();

  /** Frees what {@link #verify} still needed. */
  void free() {}

  @Override
  public final void act() {
    begin();
    while (!settle() && !peer.hasStruck()) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @Override
  public final boolean settle() {
    if (!ended && !isDone()) {
      tryOn();
    }
    if (!ended && isDone()) {
      ended = true;
      end();
    }
    return ended;
  }

  @Override
  public final void close() {
    if (!ended) {
      end();
    }
    free();
    peer.close();
    try {
      broker.remove();
    } catch (Exception e) {
      throw new IllegalStateException("the scenario's queues could not be deleted", e);
    }
  }
}
