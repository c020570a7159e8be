-- I3 S: a PARKED saga says why
-- A row is a saga parked without last_error.
select 'saga ' || s.id as subject,
       s.definition || ' at ' || s.step || ' is PARKED without a reason' as problem
from ${saga}.instances s
where s.state = 'PARKED' and coalesce(btrim(s.last_error), '') = ''
order by 1
