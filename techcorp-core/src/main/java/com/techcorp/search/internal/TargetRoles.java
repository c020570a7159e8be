package com.techcorp.search.internal;

import com.techcorp.search.ReindexException;
import com.techcorp.search.ReindexException.Reason;
import com.techcorp.search.spi.IndexJournal;
import com.techcorp.search.spi.IndexJournal.Rebuild;
import com.techcorp.search.spi.IndexJournal.Role;
import com.techcorp.search.spi.IndexJournal.Target;
import com.techcorp.search.spi.SearchIndex;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps the journal's list of targets in step with what searches read, and ends targets that are
 * not needed any more.
 */
final class TargetRoles {
  /** How long the index before a rebuild is fed, for a way back. */
  static final Duration KEPT = Duration.ofDays(1);

  private final IndexWiring wiring;
  private final SearchIndex index;
  private final IndexJournal journal;

  TargetRoles(IndexWiring wiring) {
    this.wiring = wiring;
    this.index = wiring.index();
    this.journal = wiring.journal();
  }

  /**
   * Has a target written that searches read, and what they read before kept for a way back. May be
   * repeated.
   *
   * @param current what searches read
   */
  void becameCurrent(String current) {
    boolean known = false;
    for (Target target : journal.targets(wiring.instance())) {
      if (target.name().equals(current)) {
        known = target.role() == Role.CURRENT;
      } else if (target.role() == Role.CURRENT) {
        register(target.name(), Role.PREVIOUS);
      }
    }
    if (!known) {
      register(current, Role.CURRENT);
    }
  }

  private void register(String target, Role role) {
    journal.register(wiring.instance(), new Target(target, role, journal.now()));
  }

  /** Has searches read the previous target again. */
  String rollback() {
    Target previous =
        journal.targets(wiring.instance()).stream()
            .filter(target -> target.role() == Role.PREVIOUS)
            .filter(target -> index.targets().contains(target.name()))
            .max(Comparator.comparing(Target::since))
            .orElseThrow(
                () ->
                    new ReindexException(
                        Reason.NO_PREVIOUS,
                        "there is no index to go back to: it is kept for a day after a rebuild"));
    index.refresh(previous.name());
    index.makeCurrent(previous.name());
    becameCurrent(previous.name());
    return previous.name();
  }

  /** Gives up a rebuild that nobody works on. */
  boolean abandon() {
    String owner = UUID.randomUUID().toString();
    Optional<Rebuild> open = journal.rebuild(wiring.instance());
    if (open.isEmpty()) {
      return false;
    }
    Rebuild rebuild =
        journal
            .claimRebuild(wiring.instance(), owner, Duration.ofSeconds(30), open.get().target())
            .orElseThrow(
                () ->
                    new ReindexException(
                        Reason.RUNNING, "a process is working on the rebuild: stop it first"));
    if (index.current().equals(rebuild.target())) {
      becameCurrent(rebuild.target());
    } else {
      end(rebuild.target());
    }
    return journal.endRebuild(wiring.instance(), owner);
  }

  /** Ends targets that were kept long enough. */
  void endOldTargets() {
    for (Target target : journal.targets(wiring.instance())) {
      if (target.role() == Role.PREVIOUS
          && target.since().plus(KEPT).isBefore(journal.now())
          && !target.name().equals(index.current())) {
        end(target.name());
      }
    }
  }

  /** No turn writes the target any more; then it can go. */
  private void end(String target) {
    journal.remove(wiring.instance(), target);
    index.delete(target);
  }
}
