-- Begins to end all sessions. ARGV: a new epoch, the id of one that goes on, or empty. Returns the
-- ids of those that must be ended, each with the state that it had.
local time = now()
local index = read(KEYS[1], time)
local reply = { 'MARKED' }
for _, entry in ipairs(index.entries) do
  if entry.id ~= ARGV[2] then
    table.insert(reply, entry.id)
    table.insert(reply, entry.state)
    entry.state = 'E'
    put(KEYS[1], entry)
  end
end
index.epoch = ARGV[1]
redis.call('HSET', KEYS[1], 'epoch', ARGV[1])
keep(KEYS[1], index, time)
return reply
