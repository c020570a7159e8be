-- Ends a session of a user. ARGV: user
local session, problem = read(KEYS[1])
if session and session.user ~= ARGV[1] then
  return { 'FOREIGN' }
end
if not session then
  if problem == 'GONE' then
    -- A write without effect: who waits for the replicas waits for an earlier end, too.
    redis.call('SET', KEYS[1], '', 'PX', 1000)
    redis.call('DEL', KEYS[1])
  end
  return { problem }
end
redis.call('DEL', KEYS[1])
return { session.expires == 0 and 'UNCONFIRMED' or 'ENDED' }
