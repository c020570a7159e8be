-- A session is JSON of exactly this form. What does not match is no session that this version
-- understands. device_info stands last and is never read: it is copied byte for byte.
local HEX = string.rep('%x', 4)
local UUID = HEX .. HEX .. '%-' .. HEX .. '%-' .. HEX .. '%-' .. HEX .. '%-' .. HEX .. HEX .. HEX
local FORM = '^{"user_id":"(' .. UUID .. ')","refresh_token":"([%w_-]+)",'
  .. '"created_at":"(%d%d%d%d%-%d%d%-%d%dT%d%d:%d%d:%d%d%.%d%d%dZ)",'
  .. '"generation":(%d+),"previous":(%d+),"rotated_at":(%d+),"expires_at":(%d+),"idle":(%d+),'
  .. '"v":1,"device_info":().+}$'
local LONGEST = 15 -- digits: all of them stay exact in Lua's numbers

-- Milliseconds by the server's clock.
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function number(digits)
  return #digits <= LONGEST and tonumber(digits) or nil
end

local function parse(value)
  local user, hash, created, generation, previous, rotated, expires, idle, device =
    string.match(value, FORM)
  if not device then
    return nil
  end
  local session = {
    user = user,
    hash = hash,
    created = created,
    generation = number(generation),
    previous = number(previous),
    rotated = number(rotated),
    expires = number(expires), -- 0: it is not confirmed yet
    idle = number(idle), -- 0: no limit
    device = string.sub(value, device) -- with the last brace
  }
  local whole = session.generation and session.previous and session.rotated and session.expires
    and session.idle and session.generation < 2147483647
    and session.previous < session.generation
  return whole and session or nil
end

-- A session; or nil and why there is none. What is unreadable ends: it must not be stuck.
local function read(key)
  local value = redis.pcall('GET', key)
  if not value then
    return nil, 'GONE'
  end
  local session = type(value) == 'string' and parse(value) or nil
  if not session then
    redis.call('DEL', key)
    return nil, 'UNREADABLE'
  end
  return session
end

local function digits(value)
  return string.format('%.0f', value)
end

-- Writes it with its time to live: its lifetime, or less if it has an idle time-out.
local function write(key, session, time)
  local expires = session.expires
  if session.idle > 0 then
    expires = math.min(expires, time + session.idle)
  end
  local head = string.format(
    '{"user_id":"%s","refresh_token":"%s","created_at":"%s","generation":%s,"previous":%s,'
      .. '"rotated_at":%s,"expires_at":%s,"idle":%s,"v":1,"device_info":',
    session.user, session.hash, session.created, digits(session.generation),
    digits(session.previous), digits(session.rotated), digits(session.expires),
    digits(session.idle))
  redis.call('SET', key, head .. session.device, 'PXAT', digits(math.max(expires, time + 1)))
end
