package com.techcorp.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.OverloadedException;
import com.techcorp.examples.data.CustomerEntry;
import com.techcorp.examples.data.DataFiles;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.testkit.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With the stand-ins inside the process. */
class DemoLoginsTest {
  private final List<CustomerEntry> customers = DataFiles.bundled().customers().subList(0, 3);
  private final MemoryStorage storage = MemoryStorage.create();
  private final LoginStores stores = LoginStores.open(null);
  private final DemoLogins logins = DemoLogins.open(storage, storage.users(), customers, stores);
  private final UUID customer = customers.get(1).userId();
  private final List<UUID> placedBy = new ArrayList<>();

  @AfterEach
  void close() {
    logins.close();
    stores.close();
  }

  private PlaceOrder request() {
    return PlaceOrder.of(customer, UUID.randomUUID(), UUID.randomUUID(), "credit_card", "tok_1");
  }

  private OrderReceipt shop(PlaceOrder request) {
    assertThat(stores.sessions().list(customer)).as("logged in while it is placed").hasSize(1);
    placedBy.add(request.userId());
    return new OrderReceipt(UUID.randomUUID(), "TC-2026-000001", CompletableFuture::new);
  }

  @Test
  void customersLogInPlaceAnOrderAndLogOut() {
    OrderReceipt receipt = logins.place(this::shop, request());

    assertThat(receipt.orderNumber()).isEqualTo("TC-2026-000001");
    assertThat(placedBy).containsExactly(customer);
    assertThat(logins.verdict()).isEqualTo(new LoginVerdict(1, 0, 1, 0));
    assertThat(logins.verdict().clean()).isTrue();
  }

  @Test
  void customersLogOutWhateverBecameOfTheOrder() {
    assertThatThrownBy(
            () ->
                logins.place(
                    request -> {
                      throw new OverloadedException("later");
                    },
                    request()))
        .isInstanceOf(OverloadedException.class);

    assertThat(stores.sessions().list(customer)).isEmpty();
    assertThat(logins.verdict().clean()).isTrue();
  }

  @Test
  void aSessionOrATokenThatIsLeftIsNotClean() {
    assertThat(new LoginVerdict(2, 1, 2, 0).clean()).isFalse();
    assertThat(new LoginVerdict(2, 0, 2, 1).clean()).isFalse();
    assertThat(new LoginVerdict(2, 0, 2, 0).clean()).isTrue();
  }

  @Test
  void aSecondRunFindsItsCustomers() {
    try (DemoLogins second = DemoLogins.open(storage, storage.users(), customers, stores)) {
      second.place(this::shop, request());

      assertThat(second.verdict().clean()).isTrue();
    }
  }
}
