package com.techcorp.testkit;

/** The tables of one memory storage, one class a port. */
record MemoryTables(
    MemoryOrders orders,
    MemoryKeys keys,
    MemoryStock stock,
    MemoryRequests requests,
    MemoryPayments payments,
    MemoryNodes nodes,
    MemoryJournal journal,
    Messaging messaging,
    MemoryDeliveries deliveries) {
  /** The tables of events: outbox, inbox and backlogs. */
  record Messaging(MemoryOutbox outbox, MemoryInbox inbox, MemoryConsumerBacklog backlog) {}

  static MemoryTables in(MemoryDatabase database) {
    MemoryNodes nodes = new MemoryNodes(database);
    MemoryInbox inbox = new MemoryInbox(database);
    MemoryOutbox outbox = new MemoryOutbox(database, nodes::isRegistered);
    return new MemoryTables(
        new MemoryOrders(database),
        new MemoryKeys(database),
        new MemoryStock(database, outbox),
        new MemoryRequests(database),
        new MemoryPayments(database),
        nodes,
        new MemoryJournal(database, nodes),
        new Messaging(
            outbox, inbox, new MemoryConsumerBacklog(database, nodes::isRegistered, inbox)),
        new MemoryDeliveries(database));
  }
}
