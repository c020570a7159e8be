-- A budget by the generic cell rate algorithm: the value is the time at which it will be full again.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local function read()
  local value = redis.pcall('GET', KEYS[1])
  if type(value) == 'table' then
    redis.call('DEL', KEYS[1]) -- no budget: it must not be stuck
  end
  return math.max(now, type(value) == 'string' and tonumber(value) or 0)
end

local function write(full)
  if full <= now then
    redis.call('DEL', KEYS[1])
  else
    local digits = string.format('%.0f', full)
    redis.call('SET', KEYS[1], digits, 'PXAT', digits)
  end
end
