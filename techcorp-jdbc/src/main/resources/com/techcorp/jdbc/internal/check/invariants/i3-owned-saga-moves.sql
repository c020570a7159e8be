-- I3 E: an owned saga is moved by the time that its owner set, or released within the slack
-- A row is a saga that is stuck on a node which lives: without this time nobody would take it over.
select 'saga ' || s.id as subject,
       s.definition || ' at ' || s.step || ' is owned by node ' || s.owner
         || coalesce(', and was to move by ' || s.move_by, ', and does not say when it moves') as problem
from ${saga}.instances s
where s.owner is not null and (s.move_by is null or s.move_by <= :overdue)
order by 1
