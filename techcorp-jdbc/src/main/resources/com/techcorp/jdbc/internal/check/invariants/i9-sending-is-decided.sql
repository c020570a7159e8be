-- I9 E: a delivery is not SENDING for longer than the slack; it is AMBIGUOUS by then
-- A row is a message of which nobody says whether it went out; settled, any that is SENDING.
select 'delivery ' || d.id as subject,
       'of event ' || d.event_id || ' over ' || d.channel || ' is SENDING since ' || d.updated_at
         as problem
from ${notifications}.delivery_log d
where d.status = 'SENDING' and (:settled or d.updated_at <= :overdue)
order by 1
