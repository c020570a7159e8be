-- I3 E: the lease of a saga's owner stands, or lapsed within the slack
-- A row is a saga of a node that died and that nobody took over in time.
select 'saga ' || s.id as subject,
       s.definition || ' at ' || s.step || ' is owned by node ' || n.id || ' (' || n.name
         || '), whose lease ended at ' || n.lease_until as problem
from ${saga}.instances s
join ${saga}.nodes n on n.id = s.owner
where n.lease_until <= :overdue
order by 1
