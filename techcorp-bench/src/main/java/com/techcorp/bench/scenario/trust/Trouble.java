package com.techcorp.bench.scenario.trust;

import java.util.List;

/** What one process, product, consumer or gateway can do to the others. */
interface Trouble {
  /** Causes it, and measures with and without. */
  List<TrustRow> run() throws InterruptedException;
}
