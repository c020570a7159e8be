package com.techcorp.testkit.contract;

import com.techcorp.Storage;
import com.techcorp.TechCorpBuilder;
import com.techcorp.messaging.EventBus;

/** Stock in the orders' own storage. */
record StockTogether(Storage storage) implements StockSite {
  @Override
  public boolean isApart() {
    return false;
  }

  @Override
  public void wire(TechCorpBuilder shop) {}

  @Override
  public EventBus events(EventBus own) {
    return own;
  }

  @Override
  public void close() {}
}
