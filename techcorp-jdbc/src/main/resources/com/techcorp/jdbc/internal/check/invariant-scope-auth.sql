-- What there is to check where users log in: a name and a number of rows each, in the order of the report.
select what, rows from (
  select 1 as place, 'users' as what, count(*) as rows from ${auth}.users
  union all select 2, 'signing keys', count(*) from ${auth}.signing_keys
) scope
order by place
