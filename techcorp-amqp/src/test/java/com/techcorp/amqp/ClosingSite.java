package com.techcorp.amqp;

import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.contracts.InventoryTopology;
import com.techcorp.messaging.spi.EventTransport;
import java.util.Collection;

/** A site that also closes what was opened on the way to it. */
record ClosingSite(InventoryTopology site, Collection<AutoCloseable> opened)
    implements InventoryTopology {
  @Override
  public Storage storage() {
    return site.storage();
  }

  @Override
  public boolean isApart() {
    return site.isApart();
  }

  @Override
  public void wire(TechCorp.Builder shop) {
    site.wire(shop);
  }

  @Override
  public EventTransport events(EventTransport own) {
    return site.events(own);
  }

  @Override
  public void close() {
    for (AutoCloseable each : opened) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    site.close();
  }
}
