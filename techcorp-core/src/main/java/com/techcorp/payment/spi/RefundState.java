package com.techcorp.payment.spi;

import com.techcorp.payment.RefundStatus;
import java.util.UUID;

/**
 * The state of a refund as {@link PaymentRules} need it.
 *
 * @param id the refund
 * @param transactionId its charge
 * @param amount minor units
 * @param status its state
 */
public record RefundState(UUID id, UUID transactionId, long amount, RefundStatus status) {}
