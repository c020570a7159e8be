package com.techcorp.jdbc.internal.read;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.spi.ConsumerBacklog.Move;
import com.techcorp.storage.Fence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Adds events to consumers' backlogs, within a transaction. */
final class BacklogAdditions {
  private BacklogAdditions() {}

  /** Adds them; returns how many there were not before. */
  static int add(Handle handle, @Nullable Fence holder, List<Move> moves) {
    supersede(handle, moves);
    BacklogArrays.bind(
            handle.createUpdate(BacklogSql.OPEN), moves.stream().map(Move::queue).toList())
        .bind("node", holder == null ? null : Integer.valueOf(holder.node()))
        .bindArray("attempts", Integer.class, moves.stream().map(Move::attempts).toList())
        .bindArray("delays", Long.class, moves.stream().map(m -> m.delay().toMillis()).toList())
        .bindArray("reasons", String.class, moves.stream().map(Move::reason).toArray())
        .execute();
    BacklogArrays rows = new BacklogArrays();
    List<Boolean> whilePaused = new ArrayList<>();
    for (Move move : moves) {
      rows.add(move.queue(), move.events());
      whilePaused.addAll(Collections.nCopies(move.events().size(), move.whilePaused()));
    }
    return rows.bindEvents(handle.createUpdate(BacklogSql.ADD))
        .bindArray("sequences", Integer.class, rows.events().stream().map(Event::sequence).toList())
        .bindArray("payloads", String.class, rows.events().stream().map(Event::json).toList())
        .bindArray("whilepaused", Boolean.class, whilePaused)
        .execute();
  }

  private static void supersede(Handle handle, List<Move> moves) {
    BacklogArrays rows = new BacklogArrays();
    moves.stream().filter(Move::supersedes).forEach(each -> rows.add(each.queue(), each.events()));
    if (!rows.events().isEmpty()) {
      rows.bindEvents(handle.createUpdate(BacklogSql.SUPERSEDE)).execute();
    }
  }
}
