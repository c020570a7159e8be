-- I3 E: a saga that is due is run within the slack
-- A row is a saga that nobody claims.
select 'saga ' || s.id as subject,
       s.definition || ' at ' || s.step || ' was due at ' || s.next_run_at as problem
from ${saga}.instances s
where s.owner is null and s.state <> 'PARKED' and s.next_run_at <= :overdue
order by 1
