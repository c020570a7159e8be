package com.techcorp.examples.features;

import com.techcorp.TechCorp;
import com.techcorp.order.OrderOutcome;
import com.techcorp.payment.Amount;
import com.techcorp.payment.PaymentGateway;
import java.io.IOException;
import java.net.ConnectException;

/** An adapter around a payment provider's client: which answer stands for which outcome. */
final class OwnPaymentGateway implements PaymentGateway {
  private final Acquirer acquirer;

  OwnPaymentGateway(Acquirer acquirer) {
    this.acquirer = acquirer;
  }

  // tag::gateway[]
  @Override
  public ChargeAnswer charge(ChargeRequest request) throws IOException {
    String card = request.cardToken() == null ? "" : request.cardToken().value();
    try {
      return answer(acquirer.pay(request.reference(), request.amount(), request.currency(), card));
    } catch (ConnectException e) {
      return new ChargeAnswer.NotSent("no connection"); // surely not charged: sent again
    } // any other IOException means Unknown: it is looked up before it is sent again
  }

  @Override
  public ChargeAnswer lookUp(String reference) throws IOException {
    return answer(acquirer.find(reference));
  }

  private static ChargeAnswer answer(Acquirer.Payment payment) {
    return switch (payment.state()) {
      case "paid" -> new ChargeAnswer.Approved(payment.id(), amount(payment));
      case "refused" -> new ChargeAnswer.Declined(payment.code());
      case "unknown_key" -> new ChargeAnswer.NotFound();
      default -> new ChargeAnswer.Unknown("state " + payment.state());
    };
  }

  private static Amount amount(Acquirer.Payment payment) {
    return new Amount(payment.cents(), payment.currency()); // the provider's, not the request's
  }

  @Override
  public CancelAnswer cancel(String reference) {
    return new CancelAnswer.NotPossible(); // this provider cannot: a late charge is refunded
  }

  @Override
  public RefundAnswer refund(RefundRequest request) throws IOException {
    return refunded(
        acquirer.refund(request.reference(), request.chargeReference(), request.amount()));
  }

  @Override
  public RefundAnswer lookUpRefund(String reference) throws IOException {
    return refunded(acquirer.find(reference));
  }

  private static RefundAnswer refunded(Acquirer.Payment payment) {
    return switch (payment.state()) {
      case "refunded" -> new RefundAnswer.Refunded(payment.id(), amount(payment));
      case "refused" -> new RefundAnswer.Failed(payment.code());
      case "unknown_key" -> new RefundAnswer.NotFound();
      default -> new RefundAnswer.Unknown("state " + payment.state());
    };
  }

  // end::gateway[]

  /** Places one order that this provider is paid with. */
  static OrderOutcome run(ExampleShop shop, Acquirer acquirer) throws Exception {
    PaymentGateway gateway = new OwnPaymentGateway(acquirer);
    try (TechCorp library = shop.wired(shop.storage(), gateway).start()) {
      return library.orders().place(shop.order()).outcome().join();
    }
  }

  /**
   * Runs the example.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    try (ExampleShop shop = ExampleShop.open()) {
      System.out.println(run(shop, new MemoryAcquirer()));
    }
  }
}
