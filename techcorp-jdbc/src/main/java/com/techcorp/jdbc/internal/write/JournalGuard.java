package com.techcorp.jdbc.internal.write;

import com.techcorp.error.Failure;
import com.techcorp.jdbc.EffectWriter.Guard;
import com.techcorp.jdbc.Statements;
import com.techcorp.saga.spi.JournalRules;
import com.techcorp.saga.spi.JournalState;
import com.techcorp.saga.spi.JournalState.Live;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.Fence;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Loads and locks the sagas that {@link JournalRules} decide about. */
final class JournalGuard implements Guard<SagaEffect> {
  private static final String LOCK =
      """
      select id, owner, epoch, revision, signals
      from ${saga}.instances where id = any (?::uuid[]) order by id for update
      """;

  private static final String ENDED = "select id from ${saga}.history where id = any (?::uuid[])";

  private final Overlay<UUID, JournalState> sagas = new Overlay<>();
  private final @Nullable Fence fence;

  private JournalGuard(@Nullable Fence fence) {
    this.fence = fence;
  }

  static JournalGuard over(List<SagaEffect> effects, @Nullable Fence fence, Statements to) {
    JournalGuard guard = new JournalGuard(fence);
    List<UUID> ids = effects.stream().map(SagaEffect::id).distinct().sorted().toList();
    to.query(
        found -> {
          while (found.next()) {
            Fence owner = new Fence(found.getInt(2), found.getLong(3));
            boolean owned = !found.wasNull();
            guard.sagas.load(
                found.getObject(1, UUID.class),
                new JournalState(
                    new Live(owned ? owner : null, found.getLong(4), found.getInt(5)), false));
          }
        },
        LOCK,
        Statements.uuids(ids));
    to.query(
        found -> {
          while (found.next()) {
            UUID id = found.getObject(1, UUID.class);
            JournalState now = guard.sagas.get(id);
            guard.sagas.load(id, new JournalState(now == null ? null : now.live(), true));
          }
        },
        ENDED,
        Statements.uuids(ids));
    return guard;
  }

  @Override
  public @Nullable Failure admit(SagaEffect effect) {
    UUID id = effect.id();
    JournalState now = sagas.get(id);
    return JournalRules.decide(effect, now == null ? JournalState.NONE : now, fence)
        .ifAccepted(after -> sagas.put(id, after));
  }

  @Override
  public void keep() {
    sagas.keep();
  }

  @Override
  public void undo() {
    sagas.undo();
  }
}
