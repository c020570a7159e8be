-- Keeps a page under a lease that is not lost; one of another generation has another key. The page
-- of the generation before goes. ARGV: query, known generation, token, milliseconds for which it is
-- current, and for which it is kept, microseconds that its query took, page
local current = generation(ARGV[2])
local page = name(current, ARGV[1])
if get(page .. ':lease') ~= ARGV[3] then
  return { 'LOST' }
end
local last = place .. 'last:' .. ARGV[1]
local before = get(last)
if before and before ~= current then
  delete(name(before, ARGV[1]))
end
delete(page .. ':lease')
set(page, string.format('%.0f', now + ARGV[4]) .. ' ' .. ARGV[6] .. ' ' .. ARGV[7], ARGV[5])
set(last, current, ARGV[5])
return { 'STORED' }
