package com.techcorp.examples.features;

import com.techcorp.catalog.Product;
import com.techcorp.catalog.ProductCatalog;
import com.techcorp.notification.Message;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.SendResult;
import com.techcorp.order.Cart;
import com.techcorp.order.CartReader;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.payment.Amount;
import com.techcorp.payment.PaymentGateway;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

// tag::ports[]
/** All that a host gives to the library, with its data in maps. Thread-safe. */
final class HostPorts
    implements CartReader, ProductCatalog, CustomerDirectory, PaymentGateway, MessageSender {
  final Map<UUID, Cart> carts = new ConcurrentHashMap<>();
  final Map<UUID, Product> products = new ConcurrentHashMap<>();
  final Map<UUID, Customer> customers = new ConcurrentHashMap<>();
  final Map<UUID, UUID> addresses = new ConcurrentHashMap<>(); // address -> customer
  final Map<String, ChargeAnswer> charges = new ConcurrentHashMap<>(); // by our reference
  final Map<UUID, String> mails = new ConcurrentHashMap<>(); // by delivery

  @Override
  public Optional<Cart> findCart(UUID cartId) {
    return Optional.ofNullable(carts.get(cartId));
  }

  @Override
  public Map<UUID, Product> find(Collection<UUID> ids) {
    return products.values().stream()
        .filter(product -> ids.contains(product.id()))
        .collect(Collectors.toMap(Product::id, product -> product));
  }

  @Override
  public Optional<Customer> findCustomer(UUID userId) {
    return Optional.ofNullable(customers.get(userId));
  }

  @Override
  public boolean ownsAddress(UUID userId, UUID addressId) {
    return userId.equals(addresses.get(addressId));
  }

  @Override
  public ChargeAnswer charge(ChargeRequest request) { // an exception means Unknown
    Amount taken = new Amount(request.amount(), request.currency());
    return charges.computeIfAbsent(
        request.reference(), reference -> new ChargeAnswer.Approved("ch-" + reference, taken));
  }

  @Override
  public ChargeAnswer lookUp(String reference) {
    return charges.getOrDefault(reference, new ChargeAnswer.NotFound());
  }

  @Override
  public CancelAnswer cancel(String reference) {
    return new CancelAnswer.NotPossible();
  }

  @Override
  public RefundAnswer refund(RefundRequest request) {
    Amount back = new Amount(request.amount(), request.currency());
    return new RefundAnswer.Refunded("re-" + request.reference(), back);
  }

  @Override
  public String channel() {
    return EMAIL;
  }

  @Override
  public SendResult send(Message message) {
    mails.put(message.deliveryId(), message.recipient() + ": " + message.subject());
    return new SendResult.Accepted("sent-" + message.deliveryId());
  }
}
// end::ports[]
