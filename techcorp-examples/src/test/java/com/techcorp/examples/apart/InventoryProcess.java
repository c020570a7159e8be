package com.techcorp.examples.apart;

import com.techcorp.InventoryService;
import com.techcorp.amqp.InventoryServer;
import com.techcorp.amqp.RabbitEventBus;
import com.techcorp.servers.process.ChildJvm;
import java.util.Map;

/** An inventory in a process of its own; it lives until it is killed, or alone. */
final class InventoryProcess {
  private InventoryProcess() {}

  /**
   * Runs it.
   *
   * @param args options as {@code name=value}
   */
  public static void main(String[] args) throws InterruptedException {
    Map<String, String> options = Settings.read(args);
    ChildJvm.haltWithParent();
    InventoryService service =
        InventoryService.builder()
            .name(options.get("name"))
            .storage(Settings.storage(options.get("url")))
            .events(RabbitEventBus.connect(options.get("rabbit"), Settings.RABBIT))
            .engine(Settings.ENGINE)
            .relay(Settings.RELAY)
            .start();
    InventoryServer.serve(
        service.inventory(), options.get("rabbit"), Settings.RABBIT, Settings.REQUESTS);
    System.out.println("ready");
    Thread.currentThread().join();
  }
}
