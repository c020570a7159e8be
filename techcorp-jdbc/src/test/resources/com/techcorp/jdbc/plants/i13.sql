--- i13-email-is-unique
drop index auth.users_by_email;
update auth.users set canonical_email = 'ada@example.com' where id = world.id('bob');

--- i13-email-is-canonical a capital
update auth.users set canonical_email = 'Bob@example.com' where id = world.id('bob');

--- i13-email-is-canonical two code points for one letter
update auth.users set canonical_email = U&'zoe\0308@example.com' where id = world.id('zoe');

--- i13-email-is-canonical the KELVIN SIGN
update auth.users set canonical_email = U&'\212Aate@example.com' where id = world.id('zoe');

--- i13-hash-has-a-known-form the password itself
update auth.users set password_hash = 'hunter2' where id = world.id('bob');

--- i13-hash-has-a-known-form a fast hash
update auth.users set password_hash = '5f4dcc3b5aa765d61d8327deb882cf99' where id = world.id('bob');

--- i13-hash-has-a-known-form cut off
update auth.users set password_hash = left(password_hash, -1) where id = world.id('bob');

--- i13-hash-has-a-known-form an older Argon2
update auth.users set password_hash = replace(password_hash, 'argon2id', 'argon2i') where id = world.id('ada');

--- i13-one-active-key
drop index auth.one_active_key;
update auth.signing_keys set state = 'ACTIVE', published_at = now() - interval '1 h', activated_at = now()
  where kid = 'next';

--- i13-active-key-was-published
update auth.signing_keys set published_at = activated_at - interval '299 s' where kid = 'signing';

--- i13-active-key-was-published after a key that leaked later
update auth.signing_keys
  set leaked_at = activated_at + interval '20 h', dropped_at = retired_at + interval '2 h'
  where kid = 'leaked';

--- i13-retired-key-was-kept
update auth.signing_keys set dropped_at = retired_at + interval '1804 s' where kid = 'first';

--- i13-retired-key-was-kept a key that leaked later
update auth.signing_keys set dropped_at = retired_at, leaked_at = retired_at + interval '1 s'
  where kid = 'first';
