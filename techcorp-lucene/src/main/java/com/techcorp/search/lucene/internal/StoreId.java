package com.techcorp.search.lucene.internal;

import java.util.UUID;

/** Ids of stores: processes that index separately are told apart by them. */
final class StoreId {
  private static final int LENGTH = 12;

  private StoreId() {}

  static String random() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, LENGTH);
  }
}
