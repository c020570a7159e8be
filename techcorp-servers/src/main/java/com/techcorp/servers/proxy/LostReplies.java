package com.techcorp.servers.proxy;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** To which requests, and how many of them, no reply is delivered. Thread-safe. */
final class LostReplies {
  /** As many as there are, as long as it is on. */
  static final int ALWAYS = Integer.MAX_VALUE;

  private @Nullable Pattern request;
  private int left;
  private int lost;

  synchronized void on(Pattern pattern, int times) {
    request = pattern;
    left = times;
  }

  synchronized void off() {
    request = null;
    left = 0;
  }

  synchronized @Nullable Pattern request() {
    return left > 0 ? request : null;
  }

  /** Uses up one; false if there was none left. */
  synchronized boolean take() {
    if (left == 0) {
      return false;
    }
    if (left != ALWAYS) {
      left--;
    }
    return true;
  }

  /** There was no reply that could be lost: it is to be another one. */
  synchronized void giveBack() {
    if (request != null && left != ALWAYS) {
      left++;
    }
  }

  synchronized void lostOne() {
    lost++;
  }

  synchronized int lost() {
    return lost;
  }
}
