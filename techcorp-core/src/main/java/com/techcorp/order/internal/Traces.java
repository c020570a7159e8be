package com.techcorp.order.internal;

import com.techcorp.error.Reasons;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.TraceContext;
import com.techcorp.messaging.TraceContext.Trace;
import com.techcorp.order.OrderEvent;
import com.techcorp.order.spi.OrderStore;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trace in which an order was placed: it stands in the CREATED event, and travels with every
 * event of the order. Without a {@link TraceContext} nothing is read or written for it.
 */
public final class Traces {
  private static final Logger log = LoggerFactory.getLogger(Traces.class);

  private final @Nullable TraceContext context;
  private final OrderStore orders;

  /**
   * Creates a reader of traces; reads nothing yet.
   *
   * @param context the host's, or null
   * @param orders the histories
   */
  public Traces(@Nullable TraceContext context, OrderStore orders) {
    this.context = context;
    this.orders = orders;
  }

  /**
   * Returns the trace of the thread that places an order; a malformed trace does not fail the
   * order.
   */
  @Nullable Trace current() {
    if (context == null) {
      return null;
    }
    try {
      return context.current().flatMap(Trace::wellFormed).orElse(null);
    } catch (Throwable e) {
      log.warn("The host's trace context failed, an order is placed without: {}", Reasons.of(e));
      return null;
    }
  }

  /** Returns the trace of an order that was placed before. */
  @Nullable Trace of(UUID orderId) {
    return context == null ? null : in(orders.events(orderId));
  }

  /**
   * Returns the trace that an order's history holds.
   *
   * @param history the order's events, oldest first
   * @return the trace, or null
   */
  public static @Nullable Trace in(List<OrderEvent> history) {
    if (history.isEmpty()) {
      return null;
    }
    JsonObject created = history.get(0).data();
    String parent = created.textOrNull(Event.TRACEPARENT);
    return parent == null ? null : new Trace(parent, created.textOrNull(Event.TRACESTATE));
  }

  static void put(@Nullable Trace trace, JsonObject.Builder into) {
    if (trace != null) {
      into.put(Event.TRACEPARENT, trace.traceparent());
      if (trace.tracestate() != null) {
        into.put(Event.TRACESTATE, trace.tracestate());
      }
    }
  }
}
