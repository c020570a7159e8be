package com.techcorp.messaging;

import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.storage.Fence;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Backlogs of consumers of which none is ever needed: nothing waits in them. */
public final class NoBacklog implements ConsumerBacklog {
  @Override
  public void add(@Nullable Fence holder, List<Move> moves) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<Queue> waitingIn(Collection<Queue> queues) {
    return Set.of();
  }

  @Override
  public List<Due> due(Fence holder, Map<String, Integer> most) {
    return List.of();
  }

  @Override
  public void remove(Collection<Handled> handled) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void retry(Fence holder, Collection<Retry> retries) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int moveToDeadLetters(Queue queue, @Nullable Event event, String reason) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int replay(String consumer, int limit) {
    return 0;
  }

  @Override
  public List<Event> list(String consumer, int limit) {
    return List.of();
  }

  @Override
  public Map<String, Backlog.Waiting> waiting() {
    return Map.of();
  }
}
