package com.techcorp.search.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Products picked at random while all go by, each with the same chance. Not thread-safe. */
final class Samples {
  private final Random random = new Random();
  private final List<UUID> picked = new ArrayList<>();
  private final int most;
  private long seen;

  Samples(int most) {
    this.most = most;
  }

  void add(Collection<UUID> products) {
    for (UUID product : products) {
      seen++;
      if (picked.size() < most) {
        picked.add(product);
      } else if (most > 0) {
        long place = random.nextLong(seen);
        if (place < most) {
          picked.set((int) place, product);
        }
      }
    }
  }

  List<UUID> products() {
    return picked;
  }
}
