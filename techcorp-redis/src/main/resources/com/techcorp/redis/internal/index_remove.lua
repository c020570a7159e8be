-- Removes sessions that are gone. ARGV: ids
local time = now()
local gone = {}
for _, id in ipairs(ARGV) do
  gone[id] = true
end
local index = read(KEYS[1], time)
local entries = {}
for _, entry in ipairs(index.entries) do
  if gone[entry.id] then
    redis.call('HDEL', KEYS[1], entry.id)
  else
    table.insert(entries, entry)
  end
end
index.entries = entries
keep(KEYS[1], index, time)
return { 'REMOVED' }
