package com.techcorp.examples.demo;

/**
 * What the logins of a run came to, once all customers have logged out.
 *
 * @param logins how many there were
 * @param sessionsLeft how many sessions go on
 * @param tokens how many access tokens were looked at
 * @param accepted how many of them a service still takes
 */
record LoginVerdict(int logins, int sessionsLeft, int tokens, int accepted) {
  boolean clean() {
    return sessionsLeft == 0 && accepted == 0;
  }
}
