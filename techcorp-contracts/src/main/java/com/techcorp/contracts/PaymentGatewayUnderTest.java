package com.techcorp.contracts;

import com.techcorp.payment.CardToken;
import com.techcorp.payment.PaymentGateway;
import java.net.URI;
import java.util.function.Function;

/**
 * A gateway as {@link PaymentGatewayContracts} needs it, connected to the provider's test mode.
 *
 * @param gateway the gateway
 * @param approvedCard the token of a card that the test mode approves
 * @param declinedCard the token of a card that the test mode declines
 * @param currency ISO 4217, the currency to charge in
 * @param silent gives a gateway like this one to a provider that accepts connections and never
 *     answers. The argument says where it listens, by plain TCP; a client of TLS waits for the
 *     handshake. Use short time-outs, because the test waits for each call.
 */
public record PaymentGatewayUnderTest(
    PaymentGateway gateway,
    CardToken approvedCard,
    CardToken declinedCard,
    String currency,
    Function<URI, PaymentGateway> silent)
    implements AutoCloseable {
  /** Does nothing: what a test charged stays in the provider's test mode. */
  @Override
  public void close() {}
}
