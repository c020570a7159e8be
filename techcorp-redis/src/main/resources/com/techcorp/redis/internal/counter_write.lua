-- Keeps a count unless one of the same or a newer version is kept. ARGV: available, version
local _, version = kept()
if version and not newer(ARGV[2], version) then
  return { 'KEPT' }
end
redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. ARGV[2])
return { 'WRITTEN' }
