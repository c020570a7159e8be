package com.techcorp.search.elasticsearch.internal;

import static com.techcorp.search.elasticsearch.internal.Json.object;

import com.techcorp.error.OverloadedException;
import com.techcorp.search.InvalidQueryException;
import com.techcorp.search.elasticsearch.ElasticOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Points in time. A snapshot's name holds all that another process needs to read it; this process
 * counts those that it opened. Thread-safe.
 */
public final class Snapshots {
  private static final int MAX_NAME = 4_096;
  private static final int NUMBERS = 36;
  private static final Pattern NAME =
      Pattern.compile("([0-9a-z]{1,12})\\.([0-9a-z]{1,12})\\.([A-Za-z0-9_=+/-]+)");

  private final EngineCalls calls;
  private final Clock clock;

  /** When each of this process ends unless it is used, by its name. */
  private final Map<String, Long> ends = new ConcurrentHashMap<>();

  /**
   * Opens nothing yet.
   *
   * @param calls the way to the server
   * @param clock by which snapshots age
   */
  public Snapshots(EngineCalls calls, Clock clock) {
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * Opens a snapshot of what an alias shows.
   *
   * @param alias its filter holds in the snapshot, too
   * @param keep how long it is kept after each use
   * @return its name
   * @throws OverloadedException if there are as many as the options allow
   */
  public String open(String alias, Duration keep) {
    long kept = Math.max(1, Math.min(keep.toMillis(), options().snapshotAge().toMillis()));
    String reserved = UUID.randomUUID().toString();
    reserve(reserved, clock.millis() + options().requestTimeout().toMillis());
    try {
      long now = clock.millis();
      String id = openPit(alias, kept);
      String name = Long.toString(kept, NUMBERS) + "." + Long.toString(now, NUMBERS) + "." + id;
      ends.put(name, now + kept);
      return name;
    } finally {
      ends.remove(reserved);
    }
  }

  private synchronized void reserve(String name, long end) {
    ends.values().removeIf(this::isOver);
    if (ends.size() >= options().snapshots()) {
      throw new OverloadedException(
          "As many snapshots are open as the options allow: " + options().snapshots());
    }
    ends.put(name, end);
  }

  private String openPit(String alias, long keptMillis) {
    EngineRequest request =
        EngineRequest.of("POST", "/" + alias + "/_pit")
            .with("keep_alive", keptMillis + "ms")
            .with("allow_partial_search_results", "false");
    return Targets.successful(calls.send(request)).fields().text("id");
  }

  private ElasticOptions options() {
    return calls.options();
  }

  /**
   * The part of a search's body that reads a snapshot.
   *
   * @throws InvalidQueryException if the snapshot is over, or there never was one
   */
  Map<String, Object> pit(String name) {
    Matcher parts = NAME.matcher(name);
    if (name.length() > MAX_NAME || !parts.matches()) {
      throw over();
    }
    long now = clock.millis();
    long kept = Long.parseLong(parts.group(1), NUMBERS);
    long opened = Long.parseLong(parts.group(2), NUMBERS);
    if (now - opened > options().snapshotAge().toMillis() || !use(name, now + kept)) {
      ends.remove(name);
      close(parts.group(3));
      throw over();
    }
    return object("id", parts.group(3), "keep_alive", kept + "ms");
  }

  /** False if this process opened it and its time is over; the engine looks once a minute only. */
  private boolean use(String name, long nextEnd) {
    Long end = ends.computeIfPresent(name, (same, known) -> isOver(known) ? known : nextEnd);
    return end == null || !isOver(end);
  }

  private boolean isOver(long end) {
    return end <= clock.millis();
  }

  private void close(String id) {
    calls.send(EngineRequest.of("DELETE", "/_pit").withBody(object("id", id)));
  }

  static InvalidQueryException over() {
    return new InvalidQueryException(
        "cursor", "the snapshot that it reads is over: begin with the first page again");
  }
}
