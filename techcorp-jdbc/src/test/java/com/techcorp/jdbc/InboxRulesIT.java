package com.techcorp.jdbc;

import com.techcorp.jdbc.internal.write.InboxWrites;
import com.techcorp.messaging.InboxEffect.Receive;
import com.techcorp.messaging.spi.InboxRules;
import com.techcorp.storage.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Events that a consumer takes once: statements and {@link InboxRules} agree. */
class InboxRulesIT extends RuleAgreement<Receive, InboxRulesIT.EventCase> {
  private static final String HAD =
      """
      insert into messaging.inbox (consumer, event_id, processed_at)
      select unnest(?::text[]), unnest(?::uuid[]), saga.clock()
      """;

  private static final String READ =
      "select b.event_id, b.consumer from messaging.inbox b where b.event_id = any (?::uuid[])";

  /** An event, and the consumers that had it. */
  record EventCase(UUID id, List<String> had, Receive request) implements Case<Receive> {
    @Override
    public String before() {
      return text(had);
    }

    @Override
    public Decision<String> decision() {
      return described(
          InboxRules.decide(request, had.contains(request.consumer())), taken -> after());
    }

    private String after() {
      List<String> then = new ArrayList<>(had);
      then.add(request.consumer());
      return text(then);
    }
  }

  @Override
  EffectWriter<Receive> writer() {
    return new InboxWrites();
  }

  @Override
  Set<Class<?>> neverRefused() {
    return Set.of();
  }

  @Override
  EventCase generate(Random random) {
    UUID event = id(random);
    List<String> had = oneOf(random, List.of(), List.of("mails"), List.of("mails", "points"));
    return new EventCase(event, had, new Receive(oneOf(random, "mails", "points"), event));
  }

  private record Row(String consumer, UUID event) {}

  @Override
  void insert(List<EventCase> cases, Statements to) {
    List<Row> rows =
        cases.stream()
            .flatMap(one -> one.had().stream().map(consumer -> new Row(consumer, one.id())))
            .toList();
    to.add(HAD, Statements.texts(rows, Row::consumer), Statements.uuids(rows, Row::event));
  }

  @Override
  void read(List<EventCase> cases, Statements.Rows rows, Statements to) {
    to.query(rows, READ, Statements.uuids(cases, EventCase::id));
  }
}
