-- Takes one attempt. ARGV: attempts at once, milliseconds after which one comes back. Returns how
-- long to wait, 0 if it was there
local per = tonumber(ARGV[2])
local full = math.min(read(), now + ARGV[1] * per) -- the budget may have been larger
local wait = full + per - ARGV[1] * per - now
if wait > 0 then
  return { string.format('%.0f', wait) }
end
write(full + per)
return { '0' }
