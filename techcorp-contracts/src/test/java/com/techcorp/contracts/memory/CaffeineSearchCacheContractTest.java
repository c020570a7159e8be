package com.techcorp.contracts.memory;

import com.techcorp.contracts.SearchCacheContracts;
import com.techcorp.contracts.SearchCacheUnderTest;
import com.techcorp.search.internal.CaffeineSearchCache;
import java.util.concurrent.atomic.AtomicLong;

/** Pages within one process. */
class CaffeineSearchCacheContractTest extends SearchCacheContracts {
  @Override
  protected SearchCacheUnderTest open() {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // it is a difference that counts
    return new SearchCacheUnderTest(
        new CaffeineSearchCache(1_000, nanos::get),
        time -> nanos.addAndGet(time.toNanos()),
        () -> {});
  }
}
