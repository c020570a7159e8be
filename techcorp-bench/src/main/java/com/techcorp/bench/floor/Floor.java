package com.techcorp.bench.floor;

import com.techcorp.bench.workload.Draft;
import com.techcorp.bench.workload.Shop;
import com.techcorp.payment.CardToken;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentGateway.ChargeRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import javax.sql.DataSource;

/**
 * What the hand-written ways have in common. The pool's connections commit by themselves: several
 * statements in one execute are one transaction, which an error undoes as a whole, so that neither
 * BEGIN nor COMMIT has to be sent.
 */
abstract class Floor implements Shop {
  private final DataSource dataSource;
  private final PaymentGateway provider;
  private final OrderNumberBlocks numbers;

  Floor(DataSource dataSource, PaymentGateway provider) {
    this.dataSource = dataSource;
    this.provider = provider;
    this.numbers = new OrderNumberBlocks(dataSource);
  }

  /** Binds the parameters of a transaction. */
  interface Binder {
    void bind(Parameters to) throws SQLException;
  }

  /** A transaction's statements, joined once for each number of lines. */
  static final class Script {
    private final IntFunction<String> text;
    private final Map<Integer, String> byLines = new ConcurrentHashMap<>();

    Script(IntFunction<String> text) {
      this.text = text;
    }

    String of(Draft draft) {
      return byLines.computeIfAbsent(draft.lines().size(), text::apply);
    }
  }

  @Override
  public final void order(Draft draft) throws Exception {
    FloorOrder order = new FloorOrder(draft, numbers.next());
    begin(order);
    // No connection is held here.
    end(order, charge(order));
  }

  /** Everything up to the provider's call. */
  abstract void begin(FloorOrder order) throws SQLException;

  /** Everything after it. */
  abstract void end(FloorOrder order, String providerRef) throws SQLException;

  private String charge(FloorOrder order) throws Exception {
    ChargeAnswer answer =
        provider.charge(
            new ChargeRequest(
                order.transactionId().toString(),
                order.id(),
                order.amount(),
                Draft.CURRENCY,
                Draft.METHOD,
                new CardToken("tok_" + order.draft().cartId())));
    if (answer instanceof ChargeAnswer.Approved approved) {
      return approved.providerRef();
    }
    throw new IllegalStateException("the benchmark's provider approves every charge");
  }

  /** One transaction, one round trip. */
  final void commit(String sql, Binder binder) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      binder.bind(new Parameters(statement));
      statement.execute();
    }
  }

  @Override
  public void close() {}
}
