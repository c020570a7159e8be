-- A counter is two whole numbers, "available version". Anything else is as good as nothing.
local most = '9223372036854775807'

-- Versions have more digits than Lua's floating-point numbers.
local function newer(one, other)
  return #one > #other or (#one == #other and one > other)
end

local function counted(value)
  if type(value) == 'string' then
    local available, version = string.match(value, '^(%d+) (%d+)$')
    if version and not newer(available, most) and not newer(version, most) then
      return available, version
    end
  end
end

local function kept(key)
  return counted(redis.pcall('GET', key))
end

