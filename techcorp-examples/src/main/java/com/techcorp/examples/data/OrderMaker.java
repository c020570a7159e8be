package com.techcorp.examples.data;

import com.techcorp.examples.data.CartEntry.Item;
import com.techcorp.examples.data.OrderRequest.Payment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Invents carts, and one order request for each of them. */
final class OrderMaker {

  private static final int MAX_LINES = 5;

  private final Draw draw;
  private final Instant start;

  OrderMaker(Draw draw, Instant start) {
    this.draw = draw;
    this.start = start;
  }

  /** So many carts. Popular products are drawn more often, by a flattened Zipf law. */
  List<CartEntry> carts(List<CatalogueEntry> catalogue, List<CustomerEntry> customers, int count) {
    List<CatalogueEntry> ranked = new ArrayList<>(catalogue);
    ranked.sort(
        Comparator.comparingDouble((CatalogueEntry entry) -> entry.ranking().popularityScore())
            .reversed());
    int[] cumulated = cumulatedWeights(ranked.size());
    List<CartEntry> carts = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      UUID id = draw.id(start.plus(Duration.ofSeconds(53L * number)));
      carts.add(new CartEntry(id, draw.oneOf(customers).userId(), items(ranked, cumulated)));
    }
    return carts;
  }

  /** One order request for each cart, in the order of the carts. */
  List<OrderRequest> orders(List<CartEntry> carts, List<CustomerEntry> customers) {
    Map<UUID, CustomerEntry> byId = new HashMap<>();
    customers.forEach(customer -> byId.put(customer.userId(), customer));
    List<OrderRequest> orders = new ArrayList<>(carts.size());
    for (CartEntry cart : carts) {
      CustomerEntry customer = byId.get(cart.userId());
      if (customer == null) {
        throw new IllegalArgumentException("cart " + cart.cartId() + " belongs to no customer");
      }
      UUID address = draw.oneOf(customer.addresses()).addressId();
      Payment payment = new Payment(method(), "tok_" + draw.hex(12));
      orders.add(new OrderRequest(cart.userId(), cart.cartId(), address, payment));
    }
    return orders;
  }

  private List<Item> items(List<CatalogueEntry> ranked, int[] cumulated) {
    int lines = 1;
    while (lines < MAX_LINES && draw.percent(45)) {
      lines++;
    }
    Set<UUID> products = new LinkedHashSet<>();
    while (products.size() < lines) {
      products.add(ranked.get(weightedRank(cumulated)).id());
    }
    List<Item> items = new ArrayList<>();
    products.forEach(product -> items.add(new Item(product, quantity())));
    if (lines < MAX_LINES && draw.percent(5)) {
      items.add(new Item(items.get(0).productId(), quantity()));
    }
    return items;
  }

  private int quantity() {
    return draw.oneOf(List.of(1, 1, 1, 1, 1, 1, 2, 2, 3));
  }

  private String method() {
    if (draw.percent(80)) {
      return "credit_card";
    }
    return draw.percent(65) ? "pix" : "debit_card";
  }

  /** Integers, because floating-point sums are not worth trusting with byte-identical output. */
  private static int[] cumulatedWeights(int size) {
    int[] cumulated = new int[size];
    int sum = 0;
    for (int rank = 0; rank < size; rank++) {
      sum += 1_000_000 / (rank + 10);
      cumulated[rank] = sum;
    }
    return cumulated;
  }

  private int weightedRank(int[] cumulated) {
    int found = Arrays.binarySearch(cumulated, draw.between(1, cumulated[cumulated.length - 1]));
    return found >= 0 ? found : -found - 1;
  }
}
