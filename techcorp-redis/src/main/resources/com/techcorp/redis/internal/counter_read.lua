-- Returns available and version, if they can be read
local available, version = kept(KEYS[1])
if version then
  return { 'COUNT', available, version }
end
return { 'NONE' }
