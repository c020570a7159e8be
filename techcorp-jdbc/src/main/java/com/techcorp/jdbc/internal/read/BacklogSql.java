package com.techcorp.jdbc.internal.read;

/** The statements of {@code PostgresConsumerBacklog}. */
final class BacklogSql {
  /** Sets nothing where the row is there already, but locks it. */
  static final String OPEN =
      """
      insert into ${messaging}.consumer_queues
        (consumer, ordering_key, stream_type, node, attempts, next_at, reason)
      select i.consumer, i.ordering_key, i.stream_type, cast(:node as integer), i.attempts,
        c.at + i.millis * interval '1 ms', i.reason
      from unnest(cast(:consumers as text[]), cast(:keys as uuid[]), cast(:streams as text[]),
          cast(:attempts as integer[]), cast(:delays as bigint[]), cast(:reasons as text[]))
        as i (consumer, ordering_key, stream_type, attempts, millis, reason)
      cross join (select ${saga}.clock() as at) c
      order by i.consumer collate "C", i.ordering_key, i.stream_type collate "C"
      on conflict (consumer, ordering_key, stream_type) do update set consumer = excluded.consumer
      """;

  static final String ADD =
      """
      insert into ${messaging}.consumer_backlog
        (consumer, stream_type, stream_id, sequence, event_id, event_type, payload, created_at,
          while_paused)
      select i.consumer, i.stream_type, i.stream_id, i.sequence, i.event_id, i.type, cast(i.payload as json),
        (select ${saga}.clock()), i.while_paused
      from unnest(cast(:consumers as text[]), cast(:streams as text[]), cast(:ids as uuid[]),
          cast(:sequences as integer[]), cast(:events as uuid[]), cast(:types as text[]),
          cast(:payloads as text[]), cast(:whilepaused as boolean[]))
        as i (consumer, stream_type, stream_id, sequence, event_id, type, payload, while_paused)
      on conflict (consumer, ordering_key, stream_type, sequence) do nothing
      """;

  /** What another transaction is at work on stays. */
  static final String SUPERSEDE =
      """
      with superseded as (
        select s.consumer, s.ordering_key, s.stream_type
        from unnest(cast(:consumers as text[]), cast(:streams as text[]), cast(:ids as uuid[]),
            cast(:types as text[]))
          as i (consumer, stream_type, stream_id, type)
        join ${messaging}.consumer_backlog b
          on b.consumer = any (array[i.consumer]) and b.stream_type = i.stream_type
          and b.stream_id = i.stream_id and b.event_type = i.type and b.sequence = 0
          and b.event_id <> all (:events)
        join ${messaging}.consumer_queues s
          on s.consumer = any (array[b.consumer]) and s.ordering_key = b.ordering_key
          and s.stream_type = b.stream_type
        for update of s skip locked),
      gone as (
        delete from ${messaging}.consumer_backlog b
        using superseded d
        where b.consumer = any (array[d.consumer]) and b.ordering_key = d.ordering_key
          and b.stream_type = d.stream_type)
      delete from ${messaging}.consumer_queues s
      using superseded d
      where s.consumer = any (array[d.consumer]) and s.ordering_key = d.ordering_key
        and s.stream_type = d.stream_type
      """;

  static final String WAITING_IN =
      """
      select s.consumer, s.ordering_key, s.stream_type from ${messaging}.consumer_queues s
      join unnest(cast(:consumers as text[]), cast(:keys as uuid[]), cast(:streams as text[]))
        as i (consumer, ordering_key, stream_type)
        on s.consumer = any (array[i.consumer]) and s.ordering_key = i.ordering_key
        and s.stream_type = i.stream_type
      """;

  static final String CLAIM_NOBODYS =
      """
      update ${messaging}.consumer_queues s set node = :node
      from (
        select consumer, ordering_key, stream_type from ${messaging}.consumer_queues
        where node is null and consumer = any (:consumers)
        order by consumer, next_at
        limit :limit
        for update skip locked) f
      where s.consumer = any (array[f.consumer]) and s.ordering_key = f.ordering_key
        and s.stream_type = f.stream_type
      """;

  static final String CLAIM_OF_THE_GONE =
      """
      update ${messaging}.consumer_queues s set node = :node
      from (
        select consumer, ordering_key, stream_type from ${messaging}.consumer_queues
        where node = :gone and consumer = any (:consumers)
        order by consumer, next_at
        limit :limit
        for update skip locked) f
      where s.consumer = any (array[f.consumer]) and s.ordering_key = f.ordering_key
        and s.stream_type = f.stream_type
      """;

  /** Looks from holder to holder in the index: they are few, their queues may be many. */
  static final String GONE =
      """
      with recursive holder as (
        (select node from ${messaging}.consumer_queues where node is not null order by node limit 1)
        union all
        select (
          select s.node from ${messaging}.consumer_queues s where s.node > h.node
          order by s.node limit 1)
        from holder h
        where h.node is not null)
      select h.node from holder h
      where h.node <> :node and not exists (select from ${saga}.nodes n where n.id = h.node)
      """;

  static final String DUE =
      """
      select s.consumer, s.ordering_key, s.attempts, b.stream_type, b.stream_id, b.sequence, b.event_id,
        b.event_type, b.payload
      from unnest(cast(:consumers as text[]), cast(:most as integer[])) as c (consumer, most)
      cross join lateral (
        select d.consumer, d.ordering_key, d.stream_type, d.attempts, d.next_at
        from ${messaging}.consumer_queues d
        where d.node = :node and d.consumer = c.consumer and d.next_at <= (select ${saga}.clock())
        order by d.next_at
        limit c.most) s
      cross join lateral (
        select e.stream_type, e.stream_id, e.sequence, e.event_id, e.event_type, e.payload
        from ${messaging}.consumer_backlog e
        where e.consumer = s.consumer and e.ordering_key = s.ordering_key
          and e.stream_type = s.stream_type
        order by e.sequence
        limit :events) b
      order by s.consumer, s.next_at, s.ordering_key, b.stream_type, b.sequence
      """;

  static final String LOCK =
      """
      select s.ordering_key from ${messaging}.consumer_queues s
      join unnest(cast(:consumers as text[]), cast(:keys as uuid[]), cast(:streams as text[]))
        as i (consumer, ordering_key, stream_type)
        on s.consumer = any (array[i.consumer]) and s.ordering_key = i.ordering_key
        and s.stream_type = i.stream_type
      order by s.consumer collate "C", s.ordering_key, s.stream_type collate "C"
      for update of s
      """;

  static final String REMOVE =
      """
      delete from ${messaging}.consumer_backlog b
      using unnest(cast(:consumers as text[]), cast(:keys as uuid[]), cast(:streams as text[]),
          cast(:sequences as integer[]))
        as i (consumer, ordering_key, stream_type, sequence)
      where b.consumer = any (array[i.consumer]) and b.ordering_key = i.ordering_key
        and b.stream_type = i.stream_type and b.sequence = i.sequence
      """;

  static final String CLOSE_EMPTY =
      """
      delete from ${messaging}.consumer_queues s
      using unnest(cast(:consumers as text[]), cast(:keys as uuid[]), cast(:streams as text[]))
        as i (consumer, ordering_key, stream_type)
      where s.consumer = any (array[i.consumer]) and s.ordering_key = i.ordering_key
        and s.stream_type = i.stream_type
        and not exists (
          select from ${messaging}.consumer_backlog b
          where b.consumer = s.consumer and b.ordering_key = s.ordering_key
            and b.stream_type = s.stream_type)
      """;

  static final String GO_ON =
      """
      update ${messaging}.consumer_queues s
      set attempts = 0, next_at = (select ${saga}.clock()), reason = null
      from unnest(cast(:consumers as text[]), cast(:keys as uuid[]), cast(:streams as text[]))
        as i (consumer, ordering_key, stream_type)
      where s.consumer = any (array[i.consumer]) and s.ordering_key = i.ordering_key
        and s.stream_type = i.stream_type
      """;

  static final String RETRY =
      """
      update ${messaging}.consumer_queues s
      set attempts = i.attempts, next_at = (select ${saga}.clock()) + i.millis * interval '1 ms',
        reason = i.reason
      from unnest(cast(:consumers as text[]), cast(:keys as uuid[]), cast(:streams as text[]),
          cast(:attempts as integer[]), cast(:delays as bigint[]), cast(:reasons as text[]))
        as i (consumer, ordering_key, stream_type, attempts, millis, reason)
      where s.consumer = any (array[i.consumer]) and s.ordering_key = i.ordering_key
        and s.stream_type = i.stream_type and s.node = :node
      """;

  static final String MOVE_TO_DEAD_LETTERS =
      """
      with gone as (
        delete from ${messaging}.consumer_backlog
        where consumer = :consumer and ordering_key = :key and stream_type = :stream
          and sequence = coalesce(cast(:sequence as integer), sequence)
        returning *)
      insert into ${messaging}.dead_letters
        (consumer, event_id, stream_type, stream_id, sequence, event_type, payload, reason, created_at)
      select consumer, event_id, stream_type, stream_id, sequence, event_type, payload, :reason, c.at
      from gone cross join (select ${saga}.clock() as at) c
      on conflict (consumer, event_id) do nothing
      """;

  static final String LIST =
      """
      select event_id, stream_type, stream_id, sequence, event_type, payload
      from ${messaging}.consumer_backlog
      where consumer = :consumer
      order by ordering_key, stream_type, sequence
      limit :limit
      """;

  static final String WAITING =
      """
      select consumer, count(*) as events, count(*) filter (where while_paused) as while_paused,
        extract(epoch from (select ${saga}.clock()) - min(created_at)) * 1000 as millis
      from ${messaging}.consumer_backlog group by consumer
      """;

  private BacklogSql() {}
}
