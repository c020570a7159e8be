-- Adds a revocation to a sorted set, whose scores are the times. ARGV: what is revoked, with the
-- milliseconds for which it is kept behind its last colon; the same milliseconds
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kept = tonumber(ARGV[2])
if redis.call('TYPE', KEYS[1]).ok ~= 'zset' then
  redis.call('DEL', KEYS[1])
end
-- No token needs these any more.
local old = redis.call('ZRANGE', KEYS[1], '-inf', string.format('%.0f', now - kept), 'BYSCORE',
  'LIMIT', 0, 1000, 'WITHSCORES')
for i = 1, #old, 2 do
  local own = tonumber(string.match(old[i], ':(%d+)$')) or 0
  if tonumber(old[i + 1]) + own <= now then
    redis.call('ZREM', KEYS[1], old[i])
  end
end
-- Never before the newest one, even if another server's clock was ahead: readers have read on.
local newest = redis.call('ZRANGE', KEYS[1], 0, 0, 'REV', 'WITHSCORES')
local score = math.max(now, tonumber(newest[2]) or 0)
redis.call('ZADD', KEYS[1], string.format('%.0f', score), ARGV[1])
local needed = score - now + kept
if redis.call('PTTL', KEYS[1]) < needed then
  redis.call('PEXPIRE', KEYS[1], string.format('%.0f', needed))
end
return { 'ADDED' }
