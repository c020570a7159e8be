package com.techcorp.servers.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentGateway.ChargeRequest;
import com.techcorp.payment.PaymentGateway.RefundRequest;
import com.techcorp.servers.process.ChildJvm;
import com.techcorp.testkit.SimulatedGateway;
import com.techcorp.testkit.SimulatedScripts.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SimulatedGateway} behind HTTP on the loopback interface. An answer that is to be lost is
 * a connection closed without one. Nothing of a request is printed.
 */
final class ProviderServer {
  private static final int NO_SERVICE = 503;

  private final SimulatedGateway gateway;
  private final Map<String, Operation> operations = new HashMap<>();

  /** Null: the connection is closed without an answer. */
  private interface Operation {
    @Nullable Object apply(JsonNode request) throws Exception;
  }

  /** It surely was not accepted. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private ProviderServer(SimulatedGateway gateway) {
    this.gateway = gateway;
    operations.put("/charge", body -> charge(read(body, ChargeRequest.class)));
    operations.put("/look-up", body -> Wire.Reply.of(gateway.lookUp(reference(body))));
    operations.put("/cancel", body -> Wire.Reply.of(gateway.cancel(reference(body))));
    operations.put(
        "/refund", body -> Wire.Reply.of(gateway.refund(read(body, RefundRequest.class))));
    operations.put("/look-up-refund", body -> Wire.Reply.of(gateway.lookUpRefund(reference(body))));
    addControls();
  }

  private void addControls() {
    operations.put("/control/script", body -> done(gateway.on().put(read(body, Script.class))));
    operations.put(
        "/control/clear",
        body -> {
          gateway.on().clear();
          return true;
        });
    operations.put("/control/fail", body -> fail(read(body, Wire.Times.class)));
    operations.put(
        "/control/lose-refund-answers", body -> done(gateway.loseRefundAnswers(body.asInt())));
    operations.put("/control/lose-refunds", body -> done(gateway.loseRefunds(body.asInt())));
    operations.put("/control/forget-keys", body -> done(gateway.forgetKeys()));
    operations.put("/control/late", body -> gateway.late());
    operations.put("/control/release-late", body -> gateway.releaseLate());
    operations.put("/control/waiting", body -> gateway.waiting());
    operations.put("/control/release-waiting", body -> gateway.releaseWaiting());
    operations.put("/control/calls", body -> calls(read(body, Wire.Counted.class)));
    operations.put("/control/money", body -> money(read(body, Wire.Whose.class)));
    operations.put("/control/money-by-order", body -> gateway.moneyByOrder());
  }

  /**
   * Runs a provider until it is killed or its parent is gone.
   *
   * @param args its options as JSON, and its port or 0
   */
  public static void main(String[] args) throws IOException {
    ChildJvm.haltWithParent();
    // Read when the server's classes are loaded: no idle connection is closed under a caller, and
    // no answer waits for the acknowledgement of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "100000");
    System.setProperty("sun.net.httpserver.idleInterval", "86400");
    SimulatedGateway gateway = Wire.JSON.readValue(args[0], SimulatedGateway.Builder.class).build();
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1])),
            1024);
    server.createContext("/", new ProviderServer(gateway)::handle);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Object answer = answer(exchange);
      if (answer != null) {
        byte[] body = Wire.JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  /** Null if there is nothing more to say. */
  private @Nullable Object answer(HttpExchange exchange) throws IOException {
    Operation operation = operations.get(exchange.getRequestURI().getPath());
    if (operation == null) {
      exchange.sendResponseHeaders(404, -1);
      return null;
    }
    try {
      return operation.apply(Wire.JSON.readTree(exchange.getRequestBody().readAllBytes()));
    } catch (RefusedException e) {
      exchange.sendResponseHeaders(NO_SERVICE, -1);
    } catch (TimeoutException | IOException lost) {
      // As scripted: the caller hears nothing.
    } catch (Exception e) {
      System.err.println("The provider failed: " + e.getClass().getName());
    }
    return null;
  }

  private @Nullable Object charge(ChargeRequest request) throws Exception {
    ChargeAnswer answer = gateway.charge(request);
    if (answer instanceof ChargeAnswer.NotSent) {
      throw new RefusedException();
    }
    return Wire.Reply.of(answer);
  }

  private Object fail(Wire.Times times) {
    return done(gateway.failNext(times.call(), times.times()));
  }

  private Object calls(Wire.Counted which) {
    return which.reference() == null
        ? gateway.calls(which.call())
        : gateway.calls(which.call(), which.reference());
  }

  private Object money(Wire.Whose whose) {
    return whose.orderId() == null ? gateway.money() : gateway.money(whose.orderId());
  }

  private static boolean done(Object changed) {
    return changed != null;
  }

  private static String reference(JsonNode body) throws IOException {
    return read(body, Wire.Reference.class).reference();
  }

  private static <T> T read(JsonNode body, Class<T> type) throws IOException {
    return Wire.JSON.treeToValue(body, type);
  }
}
