package com.techcorp.amqp;

import com.rabbitmq.client.ConnectionFactory;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.ReservationResult;
import com.techcorp.inventory.StockLevel;
import com.techcorp.inventory.StockLine;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An inventory in another process, called over RabbitMQ: give it to {@code
 * TechCorp.builder().inventory(…)}, and serve it there with {@link InventoryServer}. Thread-safe;
 * one for each process.
 *
 * <p>Each call is one request and waits for its reply. No connection, a queue that was never
 * served, a lost connection, or no reply in time is {@link UnavailableException}: unless it says
 * that nothing was sent, the call may have had its effect, or have it later. Repeat it; only {@link
 * #restock} is not to be repeated before a look at the levels. The broker drops requests that are
 * not taken in time; a late one cannot hold stock that was cancelled since.
 */
public final class RemoteInventoryReserver implements InventoryReserver, AutoCloseable {
  private final RabbitOptions options;
  private final PublishingLink publishing;
  private final ReconnectingSession consuming;
  private final Replies replies;
  private final InventoryCalls calls;

  private RemoteInventoryReserver(
      ConnectionFactory factory, RabbitOptions options, RequestOptions requests) {
    this.options = options;
    this.replies = new Replies(options);
    FaultBoundary faults = new FaultBoundary();
    String without = "the inventory cannot be called";
    this.publishing = new PublishingLink(factory, options, without, faults);
    this.calls = new InventoryCalls(options, requests, publishing, replies);
    this.consuming =
        new ReconnectingSession(
            factory, options, SessionPurpose.CONSUMING, without, publishing.lostBindings(), faults);
    consuming.attach(replies);
    consuming.start();
  }

  /**
   * Connects with {@link RabbitOptions#DEFAULT} and {@link RequestOptions#DEFAULT}.
   *
   * @param uri such as {@code amqp://user:password@host:5672/vhost}, or {@code amqps:}; never
   *     logged
   * @return connects in the background
   * @throws com.techcorp.error.WiringException if the address cannot be read
   */
  public static RemoteInventoryReserver connect(String uri) {
    return connect(uri, RabbitOptions.DEFAULT, RequestOptions.DEFAULT);
  }

  /**
   * Returns a client of an inventory that another process serves over RabbitMQ.
   *
   * @param uri such as {@code amqp://user:password@host:5672/vhost}, or {@code amqps:}; never
   *     logged
   * @param options the prefix of names, which server and client must share, and how long the broker
   *     may take to confirm
   * @param requests sizes and times
   * @return connects in the background
   * @throws com.techcorp.error.WiringException if the address cannot be read
   */
  public static RemoteInventoryReserver connect(
      String uri, RabbitOptions options, RequestOptions requests) {
    return connect(Connections.factory(uri), options, requests);
  }

  /**
   * Connects through a factory of the host's.
   *
   * @param factory copied; its automatic recovery is turned off
   * @param options as in the other form
   * @param requests sizes and times
   * @return connects in the background
   */
  public static RemoteInventoryReserver connect(
      ConnectionFactory factory, RabbitOptions options, RequestOptions requests) {
    return new RemoteInventoryReserver(Connections.own(factory), options, requests);
  }

  @Override
  public ReservationResult reserve(
      UUID orderId, @Nullable UUID holdToken, List<StockLine> lines, Duration timeToLive) {
    return reservation(InventoryRequest.reserve(orderId, holdToken, lines, timeToLive));
  }

  @Override
  public ReservationResult confirm(UUID orderId, @Nullable UUID holdToken) {
    return reservation(InventoryRequest.settle("confirm", orderId, holdToken));
  }

  @Override
  public ReservationResult release(UUID orderId, @Nullable UUID holdToken) {
    return reservation(InventoryRequest.settle("release", orderId, holdToken));
  }

  @Override
  public ReservationResult reverse(UUID orderId, @Nullable UUID holdToken) {
    return reservation(InventoryRequest.settle("reverse", orderId, holdToken));
  }

  @Override
  public ReservationResult extend(UUID orderId, @Nullable UUID holdToken, Duration timeToLive) {
    return reservation(InventoryRequest.extend(orderId, holdToken, timeToLive));
  }

  /**
   * {@inheritDoc}
   *
   * <p>At most once: after {@link UnavailableException} look at the levels before you repeat it.
   */
  @Override
  public void restock(UUID productId, long quantity) {
    reservation(InventoryRequest.restock(productId, quantity));
  }

  /**
   * {@inheritDoc}
   *
   * <p>For more products than one reply can hold ({@link RabbitOptions#maxBytes}, about 8,000 by
   * default) it asks several times, one after the other, each within the time-out.
   */
  @Override
  public Map<UUID, StockLevel> levels(Collection<UUID> products) {
    int most = InventoryReply.mostLevels(options.maxBytes());
    List<UUID> all = List.copyOf(products);
    Map<UUID, StockLevel> levels = new LinkedHashMap<>();
    int from = 0;
    do {
      int to = Math.min(all.size(), from + most);
      levels.putAll(some(all.subList(from, to)));
      from = to;
    } while (from < all.size());
    return levels;
  }

  private Map<UUID, StockLevel> some(List<UUID> products) {
    InventoryReply reply = calls.call(InventoryRequest.levels(products));
    try {
      return reply.levels();
    } catch (Fields.MalformedException e) {
      throw Replies.unreadable(e);
    }
  }

  private ReservationResult reservation(InventoryRequest request) {
    InventoryReply reply = calls.call(request);
    try {
      return reply.reservation();
    } catch (Fields.MalformedException e) {
      throw Replies.unreadable(e);
    }
  }

  /** Closes the client; calls under way fail with {@link UnavailableException}. Idempotent. */
  @Override
  public void close() {
    consuming.close(Duration.ZERO);
    publishing.close(Duration.ZERO);
    replies.lost();
  }
}
