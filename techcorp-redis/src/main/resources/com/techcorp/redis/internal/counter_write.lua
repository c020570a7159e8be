-- Keeps each count unless one of the same or a newer version is kept. ARGV: of each key available, version
for i, key in ipairs(KEYS) do
  local available, version = ARGV[2 * i - 1], ARGV[2 * i]
  local _, last = kept(key)
  if not last or newer(version, last) then
    redis.call('SET', key, available .. ' ' .. version)
  end
end
return { 'DONE' }
