package com.techcorp.testkit;

import com.techcorp.payment.PaymentGateway.ChargeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Requests that are held up on their way until a test lets them arrive. Thread-safe. */
final class LateRequests {
  private final List<Late> requests = new ArrayList<>();

  private record Late(ChargeRequest request, SimulatedCharge behaviour) {}

  /** Holds a request up; its token is not kept. */
  synchronized void keep(ChargeRequest request, SimulatedCharge behaviour) {
    ChargeRequest withoutToken =
        new ChargeRequest(
            request.reference(),
            request.orderId(),
            request.amount(),
            request.currency(),
            request.method(),
            null);
    requests.add(new Late(withoutToken, behaviour));
  }

  synchronized int count() {
    return requests.size();
  }

  /** Lets all of them arrive; returns how many. */
  synchronized int release(BiConsumer<ChargeRequest, SimulatedCharge> provider) {
    int arrived = requests.size();
    requests.forEach(late -> provider.accept(late.request(), late.behaviour()));
    requests.clear();
    return arrived;
  }
}
