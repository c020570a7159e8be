package com.techcorp.jdbc.internal.batch;

import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.OfLines;
import com.techcorp.inventory.spi.StockEffect.Release;
import com.techcorp.inventory.spi.StockEffect.Restock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The products whose rows effects change. */
public final class StockProducts {
  private StockProducts() {}

  public static Set<UUID> of(List<StockEffect> effects) {
    Set<UUID> products = new TreeSet<>();
    for (StockEffect effect : effects) {
      if (effect instanceof OfLines some) {
        some.lines().forEach(line -> products.add(line.productId()));
      } else if (effect instanceof Release release) {
        products.addAll(release.products());
      } else if (effect instanceof Restock restock) {
        products.add(restock.productId());
      }
    }
    return products;
  }
}
