package com.techcorp.examples.demo;

import com.techcorp.TechCorp;
import com.techcorp.order.PlaceOrder;
import com.techcorp.servers.process.ChildJvm;
import com.techcorp.servers.provider.ProviderGateway;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The process that is killed: it places orders as the demo itself does, and tells of each on its
 * standard output, one line an event. What it told was true before it was told.
 */
final class LoadWorker {
  static final String READY = "ready";
  static final String PLACED = "placed";
  static final String CONFIRMED = "confirmed";
  static final String CANCELLED = "cancelled";
  static final String FAILED = "failed";

  private LoadWorker() {}

  /**
   * Places orders until all have ended, or it is killed.
   *
   * @param args the database, the provider, how many clients and connections, which share of the
   *     answers is lost, the seed of that, and the file with the requests
   */
  public static void main(String[] args) throws InterruptedException {
    ChildJvm.haltWithParent();
    long pid = ProcessHandle.current().pid();
    ForgetfulGateway gateway =
        new ForgetfulGateway(
            ProviderGateway.at(URI.create(args[1])),
            Double.parseDouble(args[4]),
            Long.parseLong(args[5]));
    int clients = Integer.parseInt(args[2]);
    List<PlaceOrder> requests = read(Path.of(args[6]));
    try (HikariDataSource pool =
            DemoDatabase.pool(args[0], Integer.parseInt(args[3]), DemoShop.name(pid));
        TechCorp shop = DemoShop.start(pool, gateway, new CountingMail())) {
      System.out.println(READY);
      OrderLoad load =
          new OrderLoad(
              shop.orders()::place,
              requests,
              clients,
              () -> false,
              new Tally(),
              new Teller(System.out));
      load.start();
      load.await();
    }
  }

  private record Teller(PrintStream out) implements OrderLoad.Listener {
    @Override
    public void placed(int index, UUID orderId) {
      out.println(PLACED + " " + index + " " + orderId);
    }

    @Override
    public void ended(int index, @Nullable String cancelReason, long nanos) {
      String how = cancelReason == null ? "" : " " + cancelReason;
      out.println((cancelReason == null ? CONFIRMED : CANCELLED) + " " + index + " " + nanos + how);
    }

    @Override
    public void failed(int index, String why) {
      out.println(FAILED + " " + index + " 0 " + why.lines().findFirst().orElse(""));
    }
  }

  /** Keeps requests for the worker, one a line. */
  static void write(Path file, List<PlaceOrder> requests) {
    List<String> lines = new ArrayList<>(requests.size());
    for (PlaceOrder request : requests) {
      lines.add(
          String.join(
              "\t",
              request.userId().toString(),
              request.cartId().toString(),
              request.shippingAddressId().toString(),
              request.payment().method(),
              String.valueOf(request.idempotencyKey()),
              request.payment().cardToken() == null ? "" : request.payment().cardToken().value()));
    }
    try {
      Files.write(file, lines, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<PlaceOrder> read(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .map(line -> line.split("\t", -1))
          .map(
              part ->
                  PlaceOrder.of(id(part[0]), id(part[1]), id(part[2]), part[3], part[5])
                      .withKey(part[4]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UUID id(String text) {
    return UUID.fromString(text);
  }
}
