package com.techcorp.jdbc;

import com.techcorp.jdbc.internal.write.InboxHeadWrites;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.InboxEffect.Advance;
import com.techcorp.messaging.spi.InboxRules;
import com.techcorp.storage.Decision;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Events that a consumer takes in sequence: statements and {@link InboxRules} agree. */
class InboxHeadRulesIT extends RuleAgreement<Advance, InboxHeadRulesIT.HeadCase> {
  private static final String HEADS =
      """
      insert into messaging.inbox_heads (consumer, stream_id, stream_type, sequence, updated_at)
      select 'mails', unnest(?::uuid[]), 'order', unnest(?::int8[]), saga.clock()
      """;

  private static final String READ =
      """
      select h.stream_id, h.sequence::text
      from messaging.inbox_heads h where h.stream_id = any (?::uuid[])
      """;

  /** A stream, of which a consumer took the events up to the head. */
  record HeadCase(UUID id, int head, Advance request) implements Case<Advance> {
    @Override
    public String before() {
      return head == 0 ? "" : Integer.toString(head);
    }

    @Override
    public Decision<String> decision() {
      return described(InboxRules.decide(request, head), sequence -> Integer.toString(sequence));
    }
  }

  @Override
  EffectWriter<Advance> writer() {
    return new InboxHeadWrites();
  }

  @Override
  Set<Class<?>> neverRefused() {
    return Set.of();
  }

  @Override
  HeadCase generate(Random random) {
    EventStream stream = new EventStream("order", id(random));
    int head = random.nextInt(3);
    int sequence = chance(60, random) ? head + 1 : 1 + random.nextInt(5);
    return new HeadCase(stream.id(), head, new Advance("mails", stream, sequence));
  }

  @Override
  void insert(List<HeadCase> cases, Statements to) {
    List<HeadCase> begun = cases.stream().filter(one -> one.head() > 0).toList();
    to.add(
        HEADS,
        Statements.uuids(begun, HeadCase::id),
        Statements.longs(begun, one -> (long) one.head()));
  }

  @Override
  void read(List<HeadCase> cases, Statements.Rows rows, Statements to) {
    to.query(rows, READ, Statements.uuids(cases, HeadCase::id));
  }
}
