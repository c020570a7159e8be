package com.techcorp.search.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.error.OverloadedException;
import com.techcorp.search.Difference;
import com.techcorp.search.IndexResult;
import com.techcorp.search.ReindexException;
import com.techcorp.search.ReindexException.Reason;
import com.techcorp.search.ReindexOptions;
import com.techcorp.search.ReindexProgress;
import com.techcorp.search.spi.IndexJournal;
import com.techcorp.search.spi.IndexJournal.Rebuild;
import com.techcorp.search.spi.IndexJournal.Role;
import com.techcorp.search.spi.IndexJournal.Target;
import com.techcorp.search.spi.IndexJournal.Turn;
import com.techcorp.search.spi.SearchIndex;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds an index: registers a new target, so that every turn writes it from then on; fills it
 * page by page with turns of its own; checks it; lets searches read it. Each step can be repeated,
 * and the journal knows how far it is, so that any process goes on with it.
 */
final class Rebuilder {
  private static final Duration BUSY_WAIT = Duration.ofSeconds(1);
  private static final int MOST_BUSY_WAITS = 600;

  /** How often a sample that differs is looked at. */
  private static final int LOOKS = 5;

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final IndexWiring wiring;
  private final SearchIndex index;
  private final IndexJournal journal;
  private final Indexer indexer;
  private final Comparison comparison;
  private final TargetRoles roles;
  private final Threads threads;

  Rebuilder(IndexWiring wiring, Indexer indexer, Comparison comparison, TargetRoles roles) {
    this.wiring = wiring;
    this.index = wiring.index();
    this.journal = wiring.journal();
    this.threads = wiring.threads();
    this.indexer = indexer;
    this.comparison = comparison;
    this.roles = roles;
  }

  ReindexProgress run(ReindexOptions options, Consumer<ReindexProgress> listener) {
    String owner = UUID.randomUUID().toString();
    Rebuild rebuild =
        journal
            .claimRebuild(wiring.instance(), owner, options.lease(), newName())
            .orElseThrow(
                () ->
                    new ReindexException(
                        Reason.RUNNING,
                        "another process is rebuilding the index; if that is gone, wait for "
                            + options.lease().toSeconds()
                            + " s"));
    String target = rebuild.target();
    if (index.current().equals(target)) { // it was interrupted after searches had begun to read it
      roles.becameCurrent(target);
      journal.endRebuild(wiring.instance(), owner);
      return new ReindexProgress(target, rebuild.done(), 0, 0, rebuild.done());
    }
    if (!index.targets().contains(target)) {
      index.create(target);
    }
    journal.register(wiring.instance(), new Target(target, Role.FILLING, journal.now()));
    Samples samples = new Samples(options.samples());
    Filled filled = fill(rebuild, owner, options, samples, listener);
    check(target, samples.products(), options);
    if (!journal.progress(
        wiring.instance(), owner, options.lease(), filled.last(), filled.progress().done())) {
      throw lost();
    }
    index.makeCurrent(target);
    roles.becameCurrent(target);
    journal.endRebuild(wiring.instance(), owner);
    return filled.progress();
  }

  private String newName() {
    return wiring.settings().name() + "-" + NAME.format(journal.now());
  }

  private static ReindexException lost() {
    return new ReindexException(
        Reason.LOST, "another process has taken the rebuild over, because this one was too slow");
  }

  private record Filled(ReindexProgress progress, @Nullable UUID last) {}

  private Filled fill(
      Rebuild rebuild,
      String owner,
      ReindexOptions options,
      Samples samples,
      Consumer<ReindexProgress> listener) {
    long expected = index.count(index.current());
    Pace pace = new Pace(threads, options.productsPerSecond());
    long done = rebuild.done();
    long refused = 0;
    UUID after = rebuild.after();
    ReindexProgress progress;
    int size;
    do {
      List<UUID> ids = wiring.source().idsAfter(after, wiring.options().batch());
      size = ids.size();
      if (size > 0) {
        refused += fill(rebuild.target(), ids, owner, options, after, done);
        samples.add(ids);
        after = ids.get(size - 1);
        done += size;
      }
      progress = new ReindexProgress(rebuild.target(), done, refused, pace.perSecond(), expected);
      if (!journal.progress(wiring.instance(), owner, options.lease(), after, done)) {
        throw lost();
      }
      listener.accept(progress);
      pace.done(size);
    } while (size == wiring.options().batch());
    index.refresh(rebuild.target());
    return new Filled(progress, after);
  }

  /** Writes a page; returns how many products cannot be indexed as they are. */
  private long fill(
      String target,
      List<UUID> ids,
      String owner,
      ReindexOptions options,
      @Nullable UUID after,
      long done) {
    List<UUID> open = ids;
    long refused = 0;
    for (int waits = 0; ; waits++) {
      long begun = threads.nanoTime();
      Turn turn = journal.turn(wiring.instance(), open, wiring.source());
      List<UUID> busy = new ArrayList<>();
      for (Map.Entry<UUID, IndexResult> result :
          indexer.write(turn, Set.of(target), begun).entrySet()) {
        refused += result.getValue() instanceof IndexResult.Refused ? 1 : 0;
        if (result.getValue() instanceof IndexResult.Busy) {
          busy.add(result.getKey());
        }
      }
      if (busy.isEmpty()) {
        return refused;
      }
      if (waits == MOST_BUSY_WAITS) {
        throw new OverloadedException(
            "the engine takes no documents: its disk may be full; begin again to go on");
      }
      open = busy;
      threads.await(new CompletableFuture<>(), BUSY_WAIT);
      if (!journal.progress(wiring.instance(), owner, options.lease(), after, done)) {
        throw lost();
      }
    }
  }

  private void check(String target, Collection<UUID> samples, ReindexOptions options) {
    index.refresh(index.current());
    long before = index.count(index.current());
    long now = index.count(target);
    if (now < before * options.smallestShare()) {
      throw new ReindexException(
          Reason.TOO_FEW,
          "the new index has "
              + now
              + " products and the current one "
              + before
              + ": check the catalogue, or allow it with ReindexOptions.withSmallestShare");
    }
    List<UUID> wrong = wrong(target, samples);
    for (int look = 1; !wrong.isEmpty() && look < LOOKS; look++) {
      indexer.index(wrong); // they may have changed since, and their events be under way
      wrong = wrong(target, wrong);
    }
    if (!wrong.isEmpty()) {
      throw new ReindexException(
          Reason.DIFFERENT,
          "product "
              + wrong.get(0)
              + " in the new index is not as the catalogue has it: begin again");
    }
  }

  private List<UUID> wrong(String target, Collection<UUID> products) {
    return comparison.differences(target, products).stream()
        .filter(difference -> difference.kind() != Difference.Kind.UNREADABLE)
        .map(Difference::product)
        .toList();
  }
}
