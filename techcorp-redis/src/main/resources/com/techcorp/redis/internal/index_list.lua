-- Returns the ids, the oldest first, each with its state.
local index = read(KEYS[1], now())
local reply = { 'LISTED' }
for _, entry in ipairs(index.entries) do
  table.insert(reply, entry.id)
  table.insert(reply, entry.state)
end
return reply
