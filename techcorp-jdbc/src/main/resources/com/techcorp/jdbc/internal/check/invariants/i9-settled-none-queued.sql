-- I9 E: settled, no message waits
-- A row is a delivery that is QUEUED; checked when settled only, since back-off has no deadline here.
select 'delivery ' || d.id as subject,
       'of event ' || d.event_id || ' over ' || d.channel || ' is QUEUED since ' || d.created_at
         as problem
from ${notifications}.delivery_log d
where :settled and d.status = 'QUEUED'
order by 1
