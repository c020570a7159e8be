package com.techcorp.servers.provider;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.techcorp.payment.Amount;
import com.techcorp.payment.PaymentGateway.CancelAnswer;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentGateway.RefundAnswer;
import com.techcorp.testkit.SimulatedCall;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the provider and its callers say to each other: JSON both ways. */
final class Wire {
  /** Values with their fields, whether they have getters or not. */
  static final JsonMapper JSON =
      JsonMapper.builder()
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .visibility(PropertyAccessor.GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          .addModule(
              new SimpleModule()
                  .addSerializer(Duration.class, ToStringSerializer.instance)
                  .addDeserializer(Duration.class, new IsoDuration()))
          .build();

  private Wire() {}

  /** An answer: its kind, the reference, code or reason that goes with it, and how much. */
  record Reply(String answer, @Nullable String text, @Nullable Amount amount) {
    private static final Reply NOT_FOUND = new Reply("not found", null, null);
    private static final Reply CANCELLED = new Reply("cancelled", null, null);
    private static final Reply NOT_POSSIBLE = new Reply("not possible", null, null);
    private static final Reply UNSUPPORTED = new Reply("unsupported", null, null);

    /** Null for what no provider says: that the answer is not known, or nothing was sent. */
    static @Nullable Reply of(ChargeAnswer answer) {
      if (answer instanceof ChargeAnswer.Approved approved) {
        return new Reply("approved", approved.providerRef(), approved.amount());
      } else if (answer instanceof ChargeAnswer.Declined declined) {
        return new Reply("declined", declined.code(), null);
      }
      return answer instanceof ChargeAnswer.NotFound ? NOT_FOUND : null;
    }

    static @Nullable Reply of(CancelAnswer answer) {
      if (answer instanceof CancelAnswer.AlreadyCharged charged) {
        return new Reply("charged", charged.providerRef(), charged.amount());
      } else if (answer instanceof CancelAnswer.Cancelled) {
        return CANCELLED;
      }
      return answer instanceof CancelAnswer.NotPossible ? NOT_POSSIBLE : null;
    }

    static @Nullable Reply of(RefundAnswer answer) {
      if (answer instanceof RefundAnswer.Refunded refunded) {
        return new Reply("refunded", refunded.providerRef(), refunded.amount());
      }
      if (answer instanceof RefundAnswer.NotFound) {
        return NOT_FOUND;
      } else if (answer instanceof RefundAnswer.Unsupported) {
        return UNSUPPORTED;
      }
      return answer instanceof RefundAnswer.Failed failed
          ? new Reply("failed", failed.reason(), null)
          : null;
    }

    ChargeAnswer charge() throws IOException {
      return switch (answer) {
        case "approved" -> new ChargeAnswer.Approved(said(), amount);
        case "declined" -> new ChargeAnswer.Declined(said());
        case "not found" -> new ChargeAnswer.NotFound();
        default -> throw nonsense();
      };
    }

    CancelAnswer cancel() throws IOException {
      return switch (answer) {
        case "charged" -> new CancelAnswer.AlreadyCharged(said(), amount);
        case "cancelled" -> new CancelAnswer.Cancelled();
        case "not possible" -> new CancelAnswer.NotPossible();
        default -> throw nonsense();
      };
    }

    RefundAnswer refund() throws IOException {
      return switch (answer) {
        case "refunded" -> new RefundAnswer.Refunded(said(), amount);
        case "failed" -> new RefundAnswer.Failed(said());
        case "not found" -> new RefundAnswer.NotFound();
        case "unsupported" -> new RefundAnswer.Unsupported();
        default -> throw nonsense();
      };
    }

    private String said() throws IOException {
      if (text == null) {
        throw nonsense();
      }
      return text;
    }

    private IOException nonsense() {
      return new IOException("the provider answered what does not belong here: " + answer);
    }
  }

  /** Something asked under one reference. */
  record Reference(String reference) {}

  /** So many of a kind of calls. */
  record Times(SimulatedCall call, int times) {}

  /** Calls of a kind; under one reference unless that is null. */
  record Counted(SimulatedCall call, @Nullable String reference) {}

  /** One order, or all. */
  record Whose(@Nullable UUID orderId) {}

  private static final class IsoDuration extends StdDeserializer<Duration> {
    private static final long serialVersionUID = 1L;

    IsoDuration() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return Duration.parse(parser.getText());
    }
  }
}
