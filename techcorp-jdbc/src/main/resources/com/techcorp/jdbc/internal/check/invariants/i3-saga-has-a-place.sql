-- I3 S: a saga is owned, or due at a time, or PARKED: one of the three
-- A row is a saga that is none of them, or two (also if the check constraint were gone).
select 'saga ' || s.id as subject,
       s.definition || ' at ' || s.step || ' is ' || s.state || ', owner '
         || coalesce(s.owner::text, 'none') || ', due ' || coalesce(s.next_run_at::text, 'never')
         as problem
from ${saga}.instances s
where (s.owner is not null)::integer + (s.next_run_at is not null)::integer
    + (s.state = 'PARKED')::integer <> 1
order by 1
