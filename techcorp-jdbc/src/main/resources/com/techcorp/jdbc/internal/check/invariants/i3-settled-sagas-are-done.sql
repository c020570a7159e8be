-- I3 E: settled, no saga is under way
-- A row is a saga that is neither finished nor PARKED; checked when settled only.
-- With i3-order-has-saga and i2-undecided-charge-is-driven it says that no order is CREATED and no
-- payment undecided, unless its saga is PARKED.
select 'saga ' || s.id as subject,
       s.definition || ' at ' || s.step || ' is ' || s.state as problem
from ${saga}.instances s
where :settled and s.state <> 'PARKED'
order by 1
