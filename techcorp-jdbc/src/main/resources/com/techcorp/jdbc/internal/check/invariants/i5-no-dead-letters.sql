-- I5 E: no consumer has given an event up
-- A row is a dead letter: an effect that has not happened, until an operator replays it.
select 'event ' || d.event_id as subject,
       d.event_type || ' was given up by ' || d.consumer || ' at ' || d.created_at as problem
from ${messaging}.dead_letters d
order by 1, 2
