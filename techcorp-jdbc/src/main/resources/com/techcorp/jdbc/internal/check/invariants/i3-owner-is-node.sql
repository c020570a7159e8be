-- I3 S: an owned saga points to a node that is registered, in the epoch it was taken in
-- A row is a saga that no node drives and, being owned, none will claim.
select 'saga ' || s.id as subject,
       s.definition || ' at ' || s.step || ' is owned by node ' || s.owner || ' epoch '
         || coalesce(s.epoch::text, 'none')
         || coalesce(', the node is in epoch ' || n.epoch, ', which is not registered') as problem
from ${saga}.instances s
left join ${saga}.nodes n on n.id = s.owner
where s.owner is not null and (n.id is null or s.epoch is distinct from n.epoch)
order by 1
