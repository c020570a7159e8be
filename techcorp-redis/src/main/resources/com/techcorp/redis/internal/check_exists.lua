-- Whether a key is there, or a field of it. ARGV: the field, or nothing
local count
if ARGV[1] then
  count = redis.pcall('HEXISTS', KEYS[1], ARGV[1])
else
  count = redis.call('EXISTS', KEYS[1])
end
return { count == 1 and '1' or '0' }
