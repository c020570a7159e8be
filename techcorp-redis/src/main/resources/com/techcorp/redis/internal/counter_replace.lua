-- Replaces a count that is still the same. ARGV: available and version, and the new ones
local available, version = kept(KEYS[1])
if available == ARGV[1] and version == ARGV[2] then
  redis.call('SET', KEYS[1], ARGV[3] .. ' ' .. ARGV[4])
  return { 'REPLACED' }
end
return { 'KEPT' }
