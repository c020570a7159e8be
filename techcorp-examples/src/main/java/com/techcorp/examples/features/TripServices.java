package com.techcorp.examples.features;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An airline and a hotel in memory, for the examples that need a trip. Thread-safe. */
final class TripServices implements Airline, Hotel {
  private final Map<String, String> flights = new ConcurrentHashMap<>();
  private final Map<String, String> rooms = new ConcurrentHashMap<>();
  private volatile boolean airlineOpen = true;
  private volatile boolean full;

  /** From now on the hotel has no room. */
  TripServices withFullHotel() {
    full = true;
    return this;
  }

  /** Whether the airline answers. */
  void airlineAnswers(boolean answers) {
    airlineOpen = answers;
  }

  @Override
  public String bookFlight(String key, String traveller, String cardToken) throws IOException {
    requireOpen();
    return flights.computeIfAbsent(key, booking -> "flight of " + traveller);
  }

  @Override
  public Optional<String> findFlight(String key) throws IOException {
    requireOpen();
    return Optional.ofNullable(flights.get(key));
  }

  @Override
  public void cancelFlight(String flight) throws IOException {
    requireOpen();
    flights.values().remove(flight);
  }

  private void requireOpen() throws IOException {
    if (!airlineOpen) {
      throw new IOException("the airline does not answer");
    }
  }

  @Override
  public boolean bookRoom(String key, String traveller) {
    if (full && !rooms.containsKey(key)) {
      return false;
    }
    rooms.put(key, traveller);
    return true;
  }

  /** The flights that are booked and not cancelled. */
  Collection<String> flights() {
    return flights.values();
  }

  /** Who has a room. */
  Collection<String> rooms() {
    return rooms.values();
  }
}
