-- Presents a token; SessionRules in Java says the same. ARGV: its generation, the hash of the next
-- one, the generation that an unused successor is expected to have, the hash of the one after that,
-- grace period in milliseconds, 1 if lost replies are allowed
local session, problem = read(KEYS[1])
if not session then
  return { problem }
end
if session.expires == 0 then
  return { 'GONE' }
end
local presented = tonumber(ARGV[1])
local time = now()

local function current()
  return { 'CURRENT', session.user, session.created, digits(session.generation), session.hash }
end

local function rotate(generation, hash)
  session.generation = generation
  session.previous = presented
  session.rotated = time
  session.hash = hash
  write(KEYS[1], session, time)
  return current()
end

if presented >= session.generation then
  return rotate(presented + 1, ARGV[2])
end
if presented == session.previous then
  if time <= session.rotated + tonumber(ARGV[5]) then
    return current()
  end
  if ARGV[6] == '1' then
    if tonumber(ARGV[3]) ~= session.generation then
      return { 'EXPECTED', digits(session.generation) }
    end
    return rotate(session.generation + 1, ARGV[4])
  end
end
redis.call('DEL', KEYS[1])
return { 'REUSED', session.user }
