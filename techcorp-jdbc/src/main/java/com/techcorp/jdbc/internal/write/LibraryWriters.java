package com.techcorp.jdbc.internal.write;

import com.techcorp.jdbc.EffectWriter;
import com.techcorp.jdbc.internal.batch.FailureJson;
import com.techcorp.jdbc.internal.batch.Writers;
import java.util.ArrayList;
import java.util.List;

/** The writers of the library's own effects. */
public final class LibraryWriters {
  private LibraryWriters() {}

  /** Returns them together with a host's. */
  public static Writers with(List<EffectWriter<?>> hosts, FailureJson failures) {
    List<EffectWriter<?>> all = new ArrayList<>(hosts);
    all.addAll(
        List.of(
            new KeyWrites(),
            new JournalWrites(failures),
            new OrderWrites(),
            new RequestWrites(),
            new StockWrites(),
            new PaymentWrites(),
            new OutboxWrites(),
            new InboxWrites(),
            new InboxHeadWrites()));
    return new Writers(all);
  }
}
