package com.techcorp.spring;

import com.techcorp.TechCorp;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.jdbc.SchemaNames;
import com.techcorp.order.OrderHistory;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.testkit.MemoryCarts;
import com.techcorp.testkit.MemoryCatalog;
import com.techcorp.testkit.MemoryCustomers;
import com.techcorp.testkit.SimulatedGateway;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** An application whose own schemas have names that the library would take by default. */
@SpringBootApplication
class SpringShop {
  static final SchemaNames SCHEMAS = SchemaNames.prefixed("shop_");

  final MemoryCarts carts = new MemoryCarts();
  final MemoryCatalog catalog = new MemoryCatalog();
  final MemoryCustomers customers = new MemoryCustomers();

  @Bean
  PostgresStorage storage(DataSource dataSource) {
    PostgresStorage.migrate(dataSource, SCHEMAS);
    return PostgresStorage.builder(dataSource).schemas(SCHEMAS).build();
  }

  @Bean
  TechCorp techCorp(PostgresStorage storage) {
    return TechCorp.builder()
        .storage(storage)
        .payments(SimulatedGateway.approving())
        .carts(carts)
        .catalog(catalog)
        .customers(customers)
        .start();
  }

  /** Takes an order and writes the shop's own row, both or neither. */
  @Service
  static class Checkout {
    private final TechCorp techCorp;
    private final PostgresStorage storage;
    private final DataSource dataSource;
    private final JdbcClient sql;

    Checkout(TechCorp techCorp, PostgresStorage storage, DataSource dataSource, JdbcClient sql) {
      this.techCorp = techCorp;
      this.storage = storage;
      this.dataSource = dataSource;
      this.sql = sql;
    }

    @Transactional
    OrderReceipt place(PlaceOrder request, String note) {
      OrderReceipt receipt =
          techCorp
              .orders()
              .placeWithin(storage.within(DataSourceUtils.getConnection(dataSource)), request);
      sql.sql("insert into orders.notes (order_id, note) values (?, ?)")
          .params(receipt.orderId(), note)
          .update();
      return receipt;
    }
  }

  @RestController
  static class Histories {
    private final TechCorp techCorp;

    Histories(TechCorp techCorp) {
      this.techCorp = techCorp;
    }

    @GetMapping("/orders/{id}/history")
    OrderHistory history(@PathVariable("id") UUID id) {
      return techCorp.orders().history(id);
    }
  }
}
