package com.techcorp.messaging.internal;

import com.techcorp.messaging.EventStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The streams that are under way, each with its one chain: until its published events are removed
 * from the outbox, so that this process does not publish them twice. Says when there is work again:
 * room after it was full, or a stream whose later events had to wait. Thread-safe.
 */
final class BusyStreams {
  private final RelayWatch watch;
  private final int most;
  private final Runnable onWork;
  private final Map<EventStream, EventChain> busy = new ConcurrentHashMap<>();

  /** While a page is being read: how far the streams go that end meanwhile. */
  private volatile @Nullable Map<EventStream, Integer> goneMeanwhile;

  private volatile boolean full;

  /**
   * @param most how many streams are under way at most
   * @param onWork called when there is work again
   */
  BusyStreams(RelayWatch watch, int most, Runnable onWork) {
    this.watch = watch;
    this.most = most;
    this.onWork = onWork;
  }

  /**
   * A page is being read from now on, until {@link #pageIsRead}.
   *
   * @return for each stream that ends meanwhile, the sequence of the last event that is gone
   */
  Map<EventStream, Integer> readsPage() {
    Map<EventStream, Integer> gone = new ConcurrentHashMap<>();
    goneMeanwhile = gone;
    return gone;
  }

  void pageIsRead() {
    goneMeanwhile = null;
  }

  /** False if the chain's stream is under way already; then its later events follow. */
  boolean reserve(EventChain chain) {
    EventChain before = busy.putIfAbsent(chain.stream(), chain);
    if (before == null) {
      watch.watch(chain.stay());
      return true;
    }
    if (chain.last() > before.last()) {
      follows(before);
    }
    return false;
  }

  /** Its thread does not come back: another one begins again with what it has not removed. */
  void abandoned(EventChain chain) {
    if (busy.remove(chain.stream(), chain)) {
      onWork.run();
    }
  }

  private void follows(EventChain chain) {
    chain.follow();
    if (busy.get(chain.stream()) != chain) {
      onWork.run(); // it ended before it could know
    }
  }

  /**
   * A page was left to a commit, which has returned: what came from it is under way, unless nothing
   * was handed over.
   *
   * @param last the stream's last event in that page
   */
  void steppedOver(EventStream stream, int last) {
    EventChain chain = busy.get(stream);
    if (chain == null) {
      onWork.run();
    } else if (last > chain.last()) {
      follows(chain);
    }
  }

  /** A page ended within this stream, perhaps. */
  void mayGoOn(EventStream stream) {
    EventChain chain = busy.get(stream);
    if (chain == null) {
      onWork.run();
    } else {
      follows(chain);
    }
  }

  /**
   * Releases a stream whose published events are removed from the outbox, or that published
   * nothing.
   */
  void release(EventStream stream) {
    EventChain chain = busy.get(stream);
    Map<EventStream, Integer> gone = goneMeanwhile;
    if (chain != null && gone != null) {
      gone.put(stream, chain.lastTaken());
    }
    busy.remove(stream);
    if (full && busy.size() <= most / 2) {
      full = false;
      onWork.run();
    } else if (chain != null && chain.isFollowed()) {
      onWork.run();
    }
  }

  /** Returns whether too much is under way to start more. */
  boolean isFull() {
    if (busy.size() >= most) {
      full = true;
      // It may have emptied before it was marked as full.
      return busy.size() > most / 2;
    }
    return false;
  }

  /** Returns how many streams are busy. */
  int count() {
    return busy.size();
  }

  /** Completes when all streams that are busy now have ended. */
  CompletableFuture<Void> ended() {
    return CompletableFuture.allOf(
        busy.values().stream().map(EventChain::ended).toArray(CompletableFuture[]::new));
  }
}
