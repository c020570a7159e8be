package com.techcorp.bench.scenario.auth;

import java.util.List;

/** One operation of authentication, measured beside the work that nobody can do without. */
interface Measurement {
  /** Measures both in turn. */
  List<AuthRow> run() throws InterruptedException;
}
