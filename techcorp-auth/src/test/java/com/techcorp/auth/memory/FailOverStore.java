package com.techcorp.auth.memory;

import com.techcorp.auth.Session;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.Rotation;
import com.techcorp.auth.spi.RotationResult;
import com.techcorp.auth.spi.SessionCreation;
import com.techcorp.auth.spi.SessionEpoch;
import com.techcorp.auth.spi.SessionStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store that can lose its latest writes, as a replica does that takes its master's place. What a
 * replica has confirmed is never lost: new sessions and their ends. A rotation is not confirmed.
 */
final class FailOverStore implements SessionStore {
  private final InstantSource clock;
  private final Function<InstantSource, SessionStore> stores;
  private final boolean confirmsEnds;
  private final List<Write> writes = new ArrayList<>();
  private SessionStore master;

  /** What the master's clock stands at while a replica takes over what it did. */
  private @Nullable Instant replayed;

  FailOverStore(
      InstantSource clock, Function<InstantSource, SessionStore> stores, boolean confirmsEnds) {
    this.clock = clock;
    this.stores = stores;
    this.confirmsEnds = confirmsEnds;
    this.master = stores.apply(this::now);
  }

  private record Write(Instant at, Consumer<SessionStore> write, boolean confirmed) {}

  private Instant now() {
    return replayed == null ? clock.instant() : replayed;
  }

  /** How many writes there are that were not lost. */
  int writes() {
    return writes.size();
  }

  /** How many of the latest writes no replica has confirmed. */
  int unconfirmed() {
    int count = 0;
    while (count < writes.size() && !writes.get(writes.size() - 1 - count).confirmed()) {
      count++;
    }
    return count;
  }

  /** A replica that lacks this many of the latest writes takes the master's place. */
  void failOver(int lost) {
    writes.subList(writes.size() - lost, writes.size()).clear();
    master = stores.apply(this::now);
    for (Write each : writes) {
      replayed = each.at();
      each.write().accept(master);
    }
    replayed = null;
  }

  private void wrote(boolean confirmed, Consumer<SessionStore> write) {
    writes.add(new Write(clock.instant(), write, confirmed));
  }

  @Override
  public SessionEpoch epoch(UUID userId) {
    return master.epoch(userId);
  }

  @Override
  public SessionCreation create(NewSession session, SessionEpoch epoch, int most) {
    SessionCreation creation = master.create(session, epoch, most);
    wrote(true, store -> store.create(session, epoch, most));
    return creation;
  }

  @Override
  public RotationResult rotate(Rotation rotation) {
    RotationResult result = master.rotate(rotation);
    boolean ended = result instanceof RotationResult.Reused;
    wrote(ended && confirmsEnds, store -> store.rotate(rotation));
    return result;
  }

  @Override
  public Optional<Session> find(UUID sessionId) {
    return master.find(sessionId);
  }

  @Override
  public List<Session> list(UUID userId) {
    return master.list(userId);
  }

  @Override
  public boolean end(UUID userId, UUID sessionId) {
    boolean there = master.end(userId, sessionId);
    wrote(confirmsEnds, store -> store.end(userId, sessionId));
    return there;
  }

  @Override
  public List<UUID> endAll(UUID userId, @Nullable UUID except) {
    List<UUID> ended = master.endAll(userId, except);
    wrote(confirmsEnds, store -> store.endAll(userId, except));
    return ended;
  }
}
