-- I13 S: the address by which a user is found is in its canonical form
-- A row is a user whom no login finds: an address is looked up in NFC and in small letters.
select 'user ' || u.id as subject,
       'has a canonical address that is not in NFC, or has capitals' as problem
from ${auth}.users u
where u.canonical_email <> lower(case getdatabaseencoding()
  when 'UTF8' then normalize(u.canonical_email, nfc) else u.canonical_email end)
order by 1
