-- I5 S: the outbox holds, of each user, the last of the user's events, without gap
-- A row is a user of whom the outbox holds an earlier event but not a later one, or one that the user's
-- row did not count.
select 'user ' || b.stream_id as subject,
       'the outbox holds ' || count(*) || ' events, numbered ' || min(b.sequence) || ' to '
         || max(b.sequence) || '; published is '
         || coalesce(u.published::text, 'not known: there is no such user') as problem
from ${messaging}.outbox b
left join ${auth}.users u on u.id = b.stream_id
where b.stream_type = 'user' and b.sequence > 0
group by b.stream_id, u.published
having count(*) <> max(b.sequence) - min(b.sequence) + 1
  or max(b.sequence) is distinct from u.published
order by 1
