package com.techcorp.jdbc.internal.batch;

import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockRules;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The products whose rows effects change. */
public final class StockProducts {
  private StockProducts() {}

  public static Set<UUID> of(List<StockEffect> effects) {
    Set<UUID> products = new TreeSet<>();
    effects.forEach(effect -> products.addAll(StockRules.products(effect)));
    return products;
  }
}
