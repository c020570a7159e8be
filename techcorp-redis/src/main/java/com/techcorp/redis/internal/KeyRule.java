package com.techcorp.redis.internal;

/** What must be true of the keys. */
enum KeyRule {
  SESSION_ENDS_IN_TIME(
      "session-ends-in-time", "a session has a time to live, of its lifetime at the most"),
  KEY_HAS_TIME_TO_LIVE("key-has-time-to-live", "each other key has a time to live"),
  NO_TOKEN_IS_STORED("no-token-is-stored", "no name and no value of a key looks like a token"),
  SESSION_IS_LISTED("session-is-listed", "each session is in the list of its user"),
  ENTRY_HAS_SESSION("entry-has-session", "each entry of a list has its session");

  private final String title;
  private final String meaning;

  KeyRule(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  String title() {
    return title;
  }

  String meaning() {
    return meaning;
  }
}
