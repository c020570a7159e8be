package com.techcorp.jdbc.internal.write;

import com.techcorp.error.Failure;
import com.techcorp.jdbc.EffectWriter;
import com.techcorp.jdbc.Statements;
import com.techcorp.messaging.InboxEffect.Receive;
import com.techcorp.messaging.spi.InboxRules;
import com.techcorp.storage.Fence;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records the events that consumers took, in one transaction with their effect. */
public final class InboxWrites implements EffectWriter<Receive> {
  private static final String RECEIVE =
      """
      insert into ${messaging}.inbox (consumer, event_id, processed_at)
      select i.consumer, i.event_id, (select ${saga}.clock())
      from unnest(?::text[], ?::uuid[]) as i (consumer, event_id)
      """;

  private static final String READ =
      """
      select b.consumer, b.event_id from ${messaging}.inbox b
      join unnest(?::text[], ?::uuid[]) as i (consumer, event_id)
        on b.consumer = i.consumer and b.event_id = i.event_id
      """;

  private record Had(String consumer, UUID eventId) {}

  @Override
  public Class<Receive> type() {
    return Receive.class;
  }

  @Override
  public int rank() {
    return 50;
  }

  private static List<Receive> sorted(List<Receive> effects) {
    return effects.stream()
        .sorted(Comparator.comparing(Receive::consumer).thenComparing(Receive::eventId))
        .toList();
  }

  @Override
  public void write(List<Receive> effects, @Nullable Fence fence, Statements to) {
    List<Receive> received = sorted(effects);
    to.add(
        RECEIVE,
        Statements.texts(received, Receive::consumer),
        Statements.uuids(received, Receive::eventId));
  }

  @Override
  public Guard<Receive> guard(List<Receive> effects, @Nullable Fence fence, Statements to) {
    Overlay<Had, Boolean> had = new Overlay<>();
    List<Receive> received = sorted(effects);
    to.query(
        rows -> {
          while (rows.next()) {
            had.load(new Had(rows.getString(1), rows.getObject(2, UUID.class)), true);
          }
        },
        READ,
        Statements.texts(received, Receive::consumer),
        Statements.uuids(received, Receive::eventId));
    return new InboxGuard(had);
  }

  private record InboxGuard(Overlay<Had, Boolean> had) implements Guard<Receive> {
    @Override
    public @Nullable Failure admit(Receive receive) {
      Had key = new Had(receive.consumer(), receive.eventId());
      return InboxRules.decide(receive, had.get(key) != null).ifAccepted(now -> had.put(key, now));
    }

    @Override
    public void keep() {
      had.keep();
    }

    @Override
    public void undo() {
      had.undo();
    }
  }
}
