-- Reads a page of a key for the check, and writes nothing. ARGV: where the page begins, bytes of a
-- string at the most. Returns type, time, time to live, where the next page begins, what it holds
local time = redis.call('TIME')
local kind = redis.call('TYPE', KEYS[1]).ok
local reply = {
  kind,
  string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)),
  string.format('%.0f', redis.call('PTTL', KEYS[1])),
  '0'
}
local page
if kind == 'hash' then
  page = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', 500)
elseif kind == 'zset' then
  page = redis.call('ZSCAN', KEYS[1], ARGV[1], 'COUNT', 500)
elseif kind == 'string' then
  page = { '0', { redis.call('GETRANGE', KEYS[1], 0, ARGV[2] - 1) } }
else
  return reply
end
reply[4] = page[1]
for _, text in ipairs(page[2]) do
  table.insert(reply, text)
end
return reply
