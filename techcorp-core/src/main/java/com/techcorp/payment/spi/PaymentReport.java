package com.techcorp.payment.spi;

import com.techcorp.payment.Amount;
import com.techcorp.payment.TransactionStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A provider's answer about a charge that reached a process which no longer owned the charge's
 * saga.
 *
 * @param transactionId the charge
 * @param status {@link TransactionStatus#APPROVED} or {@link TransactionStatus#DECLINED}
 * @param providerRef the provider's reference of an approved charge, or null
 * @param declineCode why it was declined, or null
 * @param taken what the provider took, if that is not what it was asked for, or null
 * @param reportedAt when it was written, by the storage's clock
 */
public record PaymentReport(
    UUID transactionId,
    TransactionStatus status,
    @Nullable String providerRef,
    @Nullable String declineCode,
    @Nullable Amount taken,
    Instant reportedAt) {}
