-- Returns the server's time and revocations with their scores. ARGV: the least score, what was read
-- last if the page before was not the end, how many
local time = redis.call('TIME')
local reply = { string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)) }
if redis.call('TYPE', KEYS[1]).ok ~= 'zset' then
  return reply
end
local count = tonumber(ARGV[3])
local page
if ARGV[2] ~= '' and redis.call('ZSCORE', KEYS[1], ARGV[2]) == ARGV[1] then
  local first = redis.call('ZRANK', KEYS[1], ARGV[2]) + 1
  page = redis.call('ZRANGE', KEYS[1], first, first + count - 1, 'WITHSCORES')
else
  page = redis.call('ZRANGE', KEYS[1], ARGV[1], '+inf', 'BYSCORE', 'LIMIT', 0, count, 'WITHSCORES')
end
for _, text in ipairs(page) do
  table.insert(reply, text)
end
return reply
