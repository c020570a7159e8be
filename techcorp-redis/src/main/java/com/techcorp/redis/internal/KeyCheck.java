package com.techcorp.redis.internal;

import com.techcorp.redis.RedisOptions;
import com.techcorp.redis.RedisReport;
import com.techcorp.redis.internal.Disagreements.Pair;
import com.techcorp.redis.internal.KeyReader.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of {@code RedisCheck}: reads all keys, batch by batch. What it keeps is bounded. */
public final class KeyCheck {
  /** An entry outlasts its session by so much: it is kept while the session is unconfirmed. */
  private static final Duration OUTLASTS = RedisSessionStore.UNCONFIRMED;

  private static final Pattern ENTRY = Pattern.compile("\\d+:(\\d{1,15}):[LE]");

  private final String prefix;
  private final Duration lifetime;
  private final Duration slack;
  private final boolean idleTimeOut;
  private final KeyFindings findings = new KeyFindings();
  private final KeyReader reader;
  private final KeyScan scan;
  private final Disagreements disagreements;

  /**
   * For one run.
   *
   * @param servers where the keys are
   * @param options their prefix, and how many requests a connection holds
   * @param lifetime how long a session may last
   * @param slack how long a session and its list may disagree, and clocks differ
   * @param idleTimeOut whether sessions may end while their entries stay
   */
  public KeyCheck(
      RedisServers servers,
      RedisOptions options,
      Duration lifetime,
      Duration slack,
      boolean idleTimeOut) {
    this.prefix = options.prefix();
    this.lifetime = lifetime;
    this.slack = slack;
    this.idleTimeOut = idleTimeOut;
    this.reader = new KeyReader(servers, options);
    this.scan = new KeyScan(servers, prefix, reader.atOnce());
    this.disagreements = new Disagreements(reader, findings, slack);
  }

  /**
   * Reads all keys.
   *
   * @return what was found
   * @throws com.techcorp.error.UnavailableException if they cannot be read
   */
  public RedisReport run() {
    scan.forEachBatch(this::check);
    disagreements.report();
    return findings.report();
  }

  private void check(List<String> names) {
    List<StoredKey> pages = reader.read(names);
    for (StoredKey key : pages) {
      findings.read(key.family());
      checkTimeToLive(key);
      checkName(key);
    }
    checkAreListed(pages);
    while (!pages.isEmpty()) {
      pages.forEach(this::checkValue);
      pages.forEach(this::checkHasSessions);
      pages = reader.readOn(pages);
    }
  }

  private void checkTimeToLive(StoredKey key) {
    boolean session = key.family() == KeyFamily.SESSION;
    if (key.timeToLive().isEmpty()) {
      found(
          session ? KeyRule.SESSION_ENDS_IN_TIME : KeyRule.KEY_HAS_TIME_TO_LIVE,
          key,
          "has no time to live");
    } else if (session && key.timeToLive().get().compareTo(lifetime.plus(slack)) > 0) {
      found(KeyRule.SESSION_ENDS_IN_TIME, key, "lives for longer than " + lifetime);
    }
  }

  private void checkName(StoredKey key) {
    if (TokenShape.isIn(key.name())) {
      found(KeyRule.NO_TOKEN_IS_STORED, key, "has a name that looks like a token");
    }
  }

  private void checkValue(StoredKey page) {
    boolean session = page.family() == KeyFamily.SESSION;
    if (page.texts().stream()
        .anyMatch(text -> TokenShape.isIn(text) || (session && TokenShape.isStoredIn(text)))) {
      found(KeyRule.NO_TOKEN_IS_STORED, page, "holds what looks like a token");
    }
  }

  private void checkAreListed(List<StoredKey> keys) {
    List<Pair> sessions = new ArrayList<>();
    for (StoredKey key : keys) {
      Optional<String> user = key.user();
      if (user.isPresent()) {
        String id = KeyFamily.SESSION.id(key.name(), prefix);
        sessions.add(
            new Pair(
                KeyRule.SESSION_IS_LISTED,
                new Place(key.name(), null),
                new Place(KeyFamily.INDEX.key(prefix, user.get()), id),
                TokenShape.masked(key.name()) + " is not in the list of user " + user.get()));
      }
    }
    disagreements.look(sessions);
  }

  private void checkHasSessions(StoredKey list) {
    if (list.family() != KeyFamily.INDEX || idleTimeOut) {
      return;
    }
    List<Pair> entries = new ArrayList<>();
    for (int i = 0; i + 1 < list.texts().size(); i += 2) {
      String id = list.texts().get(i);
      Matcher entry = ENTRY.matcher(list.texts().get(i + 1));
      if (entry.matches() && !mayOutlast(list.readAt(), Long.parseLong(entry.group(1)))) {
        entries.add(
            new Pair(
                KeyRule.ENTRY_HAS_SESSION,
                new Place(list.name(), id),
                new Place(KeyFamily.SESSION.key(prefix, id), null),
                TokenShape.masked(list.name() + " has session " + id + ", which is gone")));
      }
    }
    disagreements.look(entries);
  }

  private static boolean mayOutlast(Instant now, long expires) {
    return !now.plus(OUTLASTS).isBefore(Instant.ofEpochMilli(expires));
  }

  private void found(KeyRule rule, StoredKey key, String problem) {
    findings.found(rule, TokenShape.masked(key.name()) + " " + problem);
  }
}
