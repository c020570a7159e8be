-- Pages of an index. KEYS[1] holds its generation. The names of all other keys begin as that one
-- does, with the index as their hash tag: in a Cluster they are on the same server.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local place = string.sub(KEYS[1], 1, -#'generation' - 1)
local day = 86400000

local function get(key)
  local value = redis.pcall('GET', key)
  return type(value) == 'string' and value or nil
end

local function set(key, value, millis)
  redis.call('SET', key, value, 'PX', millis)
end

local function take(key, token, millis)
  return redis.call('SET', key, token, 'NX', 'PX', millis)
end

local function delete(key)
  redis.call('DEL', key)
end

-- The later one of what is kept and what the caller knows: the key may have been evicted.
local function generation(known)
  local kept = tonumber(get(KEYS[1]) or '-1') or -1
  local later = string.format('%.0f', math.max(kept, tonumber(known)))
  if tonumber(later) > kept then
    set(KEYS[1], later, day)
  end
  return later
end

local function name(number, query)
  return place .. number .. ':' .. query
end
