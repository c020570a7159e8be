-- Returns available and version, if they can be read
local available, version = kept()
if version then
  return { 'COUNT', available, version }
end
return { 'NONE' }
