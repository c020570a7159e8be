-- Returns a session.
local session, problem = read(KEYS[1])
if not session then
  return { problem }
end
if session.expires == 0 then
  return { 'UNCONFIRMED' }
end
return {
  'FOUND', session.user, session.created, digits(session.expires), string.sub(session.device, 1, -2)
}
