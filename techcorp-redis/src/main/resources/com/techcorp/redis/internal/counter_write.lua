-- Keeps each count unless one of the same or a newer version is kept. No key comes twice.
-- ARGV: of each key available, version
local values = redis.call('MGET', unpack(KEYS))
local changes = {}
for i, key in ipairs(KEYS) do
  local available, version = ARGV[2 * i - 1], ARGV[2 * i]
  local _, last = counted(values[i])
  if not last or newer(version, last) then
    changes[#changes + 1] = key
    changes[#changes + 1] = available .. ' ' .. version
  end
end
if #changes > 0 then
  redis.call('MSET', unpack(changes))
end
return { 'DONE' }
