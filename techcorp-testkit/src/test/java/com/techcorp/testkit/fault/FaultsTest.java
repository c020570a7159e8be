package com.techcorp.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.order.CartReader;
import com.techcorp.order.CustomerDirectory;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {
  @Test
  void allThatAHostsCartsAndCustomersDoIsReading() {
    for (Class<?> port : List.of(CartReader.class, CustomerDirectory.class)) {
      assertThat(port.getMethods())
          .extracting(Method::getName)
          .as(port.getSimpleName())
          .isNotEmpty()
          .isSubsetOf(FaultPlan.READS);
    }
  }
}
