package com.techcorp.jdbc.internal.read;

/** The statements of {@code PostgresJournal}. */
public final class JournalSql {
  static final String COLUMNS =
      """
      s.id, s.definition, s.version, s.step, s.state, s.attempt, s.undecided, s.revision, s.signals,
      s.handled, s.owner, s.next_run_at, s.move_by, s.deadline, s.data, s.failure, s.last_error,
      s.first_error, s.compensating, s.created_at, (select ${saga}.clock()) as read_at
      """;

  static final String FIND =
      """
      select %s from ${saga}.instances s where s.id = :id
      """
          .formatted(COLUMNS);

  static final String LIST =
      """
      select %s from ${saga}.instances s
      where (:definition::text is null or s.definition = :definition)
        and (:state::text is null or s.state = :state)
      order by s.updated_at limit :limit
      """
          .formatted(COLUMNS);

  /**
   * The row is marked undecided from here on; what it was before goes to the claimer. Also read by
   * the test of its plan.
   */
  public static final String CLAIM =
      """
      with due as materialized (
        select d.id, d.undecided, r.move_in from ${saga}.instances d
        join unnest(?::text[], ?::int8[], ?::int8[]) as r (definition, version, move_in)
          on d.definition = r.definition and d.version = r.version
        where d.next_run_at <= (select ${saga}.clock()) and d.state <> 'PARKED'
          and d.id <> all (?::uuid[])
        order by d.next_run_at limit ? for update of d skip locked)
      update ${saga}.instances s set owner = ?, epoch = ?, next_run_at = null, undecided = true,
        move_by = (select ${saga}.clock()) + due.move_in * interval '1 ms', revision = s.revision + 1,
        updated_at = (select ${saga}.clock())
      from due where s.id = any (array[due.id])
      returning s.id, s.definition, s.version, s.step, s.state, s.attempt, due.undecided, s.revision,
        s.signals, s.handled, s.owner, s.next_run_at, s.move_by, s.deadline, s.data, s.failure,
        s.last_error, s.first_error, s.compensating, s.created_at, (select ${saga}.clock()) as read_at
      """;

  static final String RELEASE =
      """
      with stuck as materialized (
        select id from ${saga}.instances
        where id = any (:ids) and owner = :node and epoch = :epoch and move_by <= (select ${saga}.clock())
        order by id for update skip locked)
      update ${saga}.instances s set owner = null, epoch = null, move_by = null,
        next_run_at = (select ${saga}.clock()), revision = s.revision + 1
      from stuck where s.id = any (array[stuck.id])
      returning s.id
      """;

  static final String HAND_OVER =
      """
      with mine as materialized (
        select id from ${saga}.instances where id = any (:ids) and owner = :node and epoch = :epoch
        order by id for update skip locked)
      update ${saga}.instances s set owner = null, epoch = null, move_by = null,
        next_run_at = (select ${saga}.clock()), revision = s.revision + 1
      from mine where s.id = any (array[mine.id])
      returning s.id
      """;

  /**
   * Reads all live sagas. An index for it would be written with every order, to find what is nearly
   * never there.
   */
  static final String RELEASE_STUCK =
      """
      with stuck as materialized (
        select id, move_by from ${saga}.instances
        where owner is not null and move_by <= (select ${saga}.clock())
        order by move_by limit :limit for update skip locked),
      freed as (
        update ${saga}.instances s set owner = null, epoch = null, move_by = null,
          next_run_at = (select ${saga}.clock()), revision = s.revision + 1
        from stuck where s.id = any (array[stuck.id])
        returning s.id)
      select freed.id from freed join stuck on stuck.id = freed.id order by stuck.move_by
      """;

  static final String EXTEND =
      """
      with mine as materialized (
        select id from ${saga}.instances where id = any (:ids) and owner = :node and epoch = :epoch
        order by id for update skip locked)
      update ${saga}.instances s
      set move_by = greatest(s.move_by, (select ${saga}.clock()) + :within * interval '1 ms')
      from mine where s.id = any (array[mine.id])
      returning s.id
      """;

  static final String WAKE =
      """
      update ${saga}.instances s set signals = s.signals + 1, updated_at = (select ${saga}.clock()),
        state = case when s.state <> 'PARKED' then s.state
          when s.compensating then 'COMPENSATING' else 'RUNNING' end,
        next_run_at = case when s.owner is null then (select ${saga}.clock()) end
      where s.id = :id
      """;

  static final String SIGNAL =
      """
      insert into ${saga}.signals (saga_id, kind, reason, actor, created_at)
      values (:id, :kind, :reason, :actor, (select ${saga}.clock()))
      """;

  static final String LOG =
      """
      insert into ${saga}.admin_log (saga_id, action, actor, reason, created_at)
      values (:id, :kind, :actor, :reason, (select ${saga}.clock()))
      """;

  private JournalSql() {}
}
