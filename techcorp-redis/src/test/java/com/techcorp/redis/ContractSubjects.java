package com.techcorp.redis;

import com.techcorp.contracts.LoginLimitsUnderTest;
import com.techcorp.contracts.RevocationsUnderTest;
import com.techcorp.contracts.SearchCacheUnderTest;
import com.techcorp.contracts.SessionStoreUnderTest;
import com.techcorp.contracts.StockCounterUnderTest;
import com.techcorp.redis.internal.RedisLoginLimits;
import com.techcorp.redis.internal.RedisRevocations;
import com.techcorp.redis.internal.RedisSearchCache;
import com.techcorp.redis.internal.RedisSessionStore;
import com.techcorp.redis.internal.RedisStockCounter;

/** What the contracts test, each time under a prefix of its own. */
final class ContractSubjects {
  private ContractSubjects() {}

  static SessionStoreUnderTest sessions(TestRedis redis) {
    RedisOptions options = TestRedis.ownPrefix();
    return SessionStoreUnderTest.inRealTime(
        new RedisSessionStore(redis.servers(), options), () -> redis.clear(options));
  }

  static RevocationsUnderTest revocations(TestRedis redis) {
    RedisOptions options = TestRedis.ownPrefix();
    return RevocationsUnderTest.inRealTime(
        new RedisRevocations(redis.servers(), options), () -> redis.clear(options));
  }

  static StockCounterUnderTest counters(TestRedis redis) {
    RedisOptions options = TestRedis.ownPrefix();
    return new StockCounterUnderTest(
        new RedisStockCounter(redis.servers(), options), () -> redis.clear(options));
  }

  static SearchCacheUnderTest pages(TestRedis redis) {
    RedisOptions options = TestRedis.ownPrefix();
    return SearchCacheUnderTest.inRealTime(
        new RedisSearchCache(redis.servers(), options), () -> redis.clear(options));
  }

  static LoginLimitsUnderTest limits(TestRedis redis) {
    RedisOptions options = TestRedis.ownPrefix();
    return LoginLimitsUnderTest.inRealTime(
        new RedisLoginLimits(redis.servers(), options),
        () -> redis.keys(options).size(),
        () -> redis.clear(options));
  }
}
