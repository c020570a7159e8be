-- Writes a session that is not confirmed yet. ARGV: value, milliseconds that it may stay so
if redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2], 'NX') then
  return { 'OPENED' }
end
return { 'TAKEN' }
