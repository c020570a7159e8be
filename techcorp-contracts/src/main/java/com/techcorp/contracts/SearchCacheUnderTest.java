package com.techcorp.contracts;

import com.techcorp.search.spi.SearchCache;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A cache of pages as {@link SearchCacheContracts} need it.
 *
 * @param cache without pages
 * @param passing lets time pass: moves its clock, if the test can; otherwise it waits
 * @param closing closes it and removes what the test left behind
 */
public record SearchCacheUnderTest(SearchCache cache, Consumer<Duration> passing, Runnable closing)
    implements AutoCloseable {
  /**
   * For a cache whose clock is its server's.
   *
   * @param cache without pages
   * @param closing closes it and removes what the test left behind
   * @return the cache under test
   */
  public static SearchCacheUnderTest inRealTime(SearchCache cache, Runnable closing) {
    return new SearchCacheUnderTest(cache, SearchCacheUnderTest::sleep, closing);
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the test is to end", e);
    }
  }

  @Override
  public void close() {
    closing.run();
  }
}
