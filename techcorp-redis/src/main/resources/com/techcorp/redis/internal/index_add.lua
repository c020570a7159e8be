-- Adds a session. ARGV: epoch when its login began, id, milliseconds that it is kept at the most,
-- how many may be there, 1 if the oldest ones make room
local time = now()
local index = read(KEYS[1], time)
if index.epoch ~= ARGV[1] then
  return { 'OVERTAKEN' }
end
local most = tonumber(ARGV[4])
local living = 0
for _, entry in ipairs(index.entries) do
  living = living + (entry.state == 'L' and 1 or 0)
end
if living >= most and ARGV[5] ~= '1' then
  return { 'FULL' }
end
local reply = { 'ADDED' }
for _, entry in ipairs(index.entries) do
  if entry.state == 'L' and living >= most then
    living = living - 1
    entry.state = 'E'
    put(KEYS[1], entry)
  end
  if entry.state == 'E' then
    table.insert(reply, entry.id) -- also one that somebody else did not finish
  end
end
local added = { id = ARGV[2], place = index.next, expires = time + tonumber(ARGV[3]), state = 'L' }
put(KEYS[1], added)
redis.call('HSET', KEYS[1], 'next', digits(index.next + 1))
table.insert(index.entries, added)
keep(KEYS[1], index, time)
return reply
