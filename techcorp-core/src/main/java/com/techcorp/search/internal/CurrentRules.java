package com.techcorp.search.internal;

import com.techcorp.error.TechCorpException;
import com.techcorp.health.Finding;
import com.techcorp.health.HealthStatus;
import com.techcorp.search.SearchRules;
import com.techcorp.search.spi.IndexJournal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The synonyms and rules that this process searches with. Follows those that all processes share,
 * and moves the generation of cached pages once it searches with others. Every process does so: the
 * last one that follows a change ends what any of them still cached by the rules before. A process
 * does so at its start, too, because the change may have been made while no process ran.
 * Thread-safe.
 */
final class CurrentRules implements Supplier<RuleSet> {
  private static final Logger log = LoggerFactory.getLogger("com.techcorp.SearchService");

  private final SearchRules rules;
  private final IndexJournal journal;
  private final Supplier<String> instance;
  private final InstantSource clock;

  private volatile RuleSet current = RuleSet.NONE;
  private volatile @Nullable Problem problem;
  private long version;
  private Instant looked;
  private boolean moves;

  private record Problem(String message, Instant since) {}

  CurrentRules(
      SearchRules rules, IndexJournal journal, Supplier<String> instance, InstantSource clock) {
    this.rules = rules;
    this.journal = journal;
    this.instance = instance;
    this.clock = clock;
    this.looked = clock.instant();
  }

  @Override
  public RuleSet get() {
    return current;
  }

  /**
   * Takes over what changed, if anything did. While the rules cannot be read, those of before
   * apply.
   */
  synchronized void refresh() {
    try {
      follow();
      problem = null;
    } catch (TechCorpException e) {
      report(String.valueOf(e.getMessage()));
    }
  }

  private void follow() {
    Instant now = clock.instant();
    moves |= current.changesBetween(looked, now);
    looked = now;
    if (rules.version() != version) {
      SearchRules.Contents contents = rules.contents();
      current = new RuleSet(contents);
      version = contents.version();
      moves = true;
    }
    if (moves) {
      journal.nextGeneration(instance.get());
      moves = false;
    }
  }

  private void report(String message) {
    Problem before = problem;
    if (before == null) {
      log.warn("Synonyms and rules cannot be followed, which is tried again: {}", message);
    }
    problem = new Problem(message, before == null ? clock.instant() : before.since());
  }

  List<Finding> findings() {
    Problem known = problem;
    return known == null
        ? List.of()
        : List.of(
            Finding.of(
                "SEARCH_RULES_UNREAD",
                HealthStatus.DEGRADED,
                "synonyms and rules cannot be followed, those of before apply: " + known.message(),
                Duration.between(known.since(), clock.instant())));
  }
}
