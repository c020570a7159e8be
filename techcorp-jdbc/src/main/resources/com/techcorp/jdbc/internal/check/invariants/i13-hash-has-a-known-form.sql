-- I13 S: a password hash is Argon2id, or bcrypt or PBKDF2 of an older system
-- A row is a user who cannot log in, or whose password is stored as it is.
select 'user ' || u.id as subject,
       'has a password hash of no known form, with ' || length(u.password_hash) || ' characters'
         as problem
from ${auth}.users u
where u.password_hash !~ '^[$]argon2id[$]v=19[$]m=[0-9]+,t=[0-9]+,p=[0-9]+[$][A-Za-z0-9+/]+[$][A-Za-z0-9+/]+$'
  and u.password_hash !~ '^[$]2[aby][$][0-9]{2}[$][./A-Za-z0-9]{53}$'
  and u.password_hash !~ '^([$]pbkdf2-sha(256|512)|pbkdf2_sha256)[$](i=)?[0-9]+(,l=[0-9]+)?[$][^$]+[$][./A-Za-z0-9+=]+$'
order by 1
