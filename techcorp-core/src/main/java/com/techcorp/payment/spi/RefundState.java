package com.techcorp.payment.spi;

import com.techcorp.payment.RefundStatus;
import java.util.UUID;

/**
 * What {@link PaymentRules} need to know of a refund.
 *
 * @param id the refund
 * @param transactionId its charge
 * @param amount minor units
 * @param status its state
 */
public record RefundState(UUID id, UUID transactionId, long amount, RefundStatus status) {}
