-- Confirms a session, unless it has ended meanwhile. ARGV: lifetime in milliseconds
local session, problem = read(KEYS[1])
if not session then
  return { problem }
end
local time = now()
session.expires = time + tonumber(ARGV[1])
write(KEYS[1], session, time)
return { 'CONFIRMED' }
