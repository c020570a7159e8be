-- I9 S: a message about a user goes to this user
-- A row is a delivery that tells somebody of another user's login.
select 'delivery ' || d.id as subject,
       'names another user than ' || d.stream_id || ', whom it is about' as problem
from ${notifications}.delivery_log d
where d.stream_type = 'user' and d.stream_id <> d.user_id
order by 1
