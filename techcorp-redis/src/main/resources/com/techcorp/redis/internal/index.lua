-- The sessions of a user: a hash. A field is a session's id, its value tells its place in the
-- order, when it expires, and L (it lives) or E (it is being ended). The field epoch changes when
-- all are ended; next counts the places.
local ENTRY = '^(%d+):(%d+):([LE])$'

-- For how long an epoch outlasts the sessions: far longer than any login is under way.
local EPOCH_KEPT = 24 * 60 * 60 * 1000

-- Milliseconds by the server's clock.
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function digits(value)
  return string.format('%.0f', value)
end

-- Reads it, the oldest session first. What has expired or is no entry goes.
local function read(key, time)
  if redis.call('TYPE', key).ok ~= 'hash' then
    redis.call('DEL', key)
  end
  local index = { epoch = '', next = 1, entries = {} }
  local fields = redis.call('HGETALL', key)
  for i = 1, #fields, 2 do
    local name, value = fields[i], fields[i + 1]
    if name == 'epoch' then
      index.epoch = value
    elseif name == 'next' then
      index.next = tonumber(value) or 1
    else
      local place, expires, state = string.match(value, ENTRY)
      if place and tonumber(expires) > time then
        table.insert(index.entries, {
          id = name, place = tonumber(place), expires = tonumber(expires), state = state
        })
      else
        redis.call('HDEL', key, name)
      end
    end
  end
  table.sort(index.entries, function(one, other) return one.place < other.place end)
  return index
end

local function put(key, entry)
  local value = digits(entry.place) .. ':' .. digits(entry.expires) .. ':' .. entry.state
  redis.call('HSET', key, entry.id, value)
end

-- It lives as long as its sessions, or as its epoch is needed.
local function keep(key, index, time)
  local expires = index.epoch == '' and 0 or time + EPOCH_KEPT
  for _, entry in ipairs(index.entries) do
    expires = math.max(expires, entry.expires)
  end
  if expires > time then
    redis.call('PEXPIREAT', key, digits(expires))
  else
    redis.call('DEL', key)
  end
end
