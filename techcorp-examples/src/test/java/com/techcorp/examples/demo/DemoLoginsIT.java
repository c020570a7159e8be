package com.techcorp.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.UnavailableException;
import com.techcorp.examples.data.CustomerEntry;
import com.techcorp.examples.data.DataFiles;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.servers.redis.RedisServer;
import com.techcorp.testkit.MemoryStorage;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** With the stores in Redis. */
class DemoLoginsIT {
  private final List<CustomerEntry> customers = DataFiles.bundled().customers().subList(0, 2);
  private final UUID customer = customers.get(0).userId();
  private final MemoryStorage storage = MemoryStorage.create();

  @Test
  void customersLogInWithSessionsInRedis() {
    try (LoginStores stores = LoginStores.open(RedisServer.shared().uri());
        DemoLogins logins = DemoLogins.open(storage, storage.users(), customers, stores)) {
      logins.place(
          request -> {
            assertThat(stores.sessions().list(customer)).hasSize(1);
            return new OrderReceipt(request.cartId(), "TC-2026-000001", CompletableFuture::new);
          },
          PlaceOrder.of(customer, UUID.randomUUID(), UUID.randomUUID(), "credit_card", "tok_1"));

      assertThat(logins.verdict()).isEqualTo(new LoginVerdict(1, 0, 1, 0));
      assertThat(stores.description()).contains("in Redis");
    }
  }

  @Test
  void aRedisThatIsAwayEndsTheRunBeforeItBegins() {
    assertThatThrownBy(() -> LoginStores.open("redis://127.0.0.1:1"))
        .isInstanceOf(UnavailableException.class);
  }
}
