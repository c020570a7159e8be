-- Keeps a page under a lease that is not lost. The page of the generation before goes. ARGV: query,
-- known generation, token, generation of the lease, milliseconds for which it is current, and for
-- which it is kept, microseconds that its query took, page
local current = generation(ARGV[2])
local page = name(current, ARGV[1])
if current ~= ARGV[4] or get(page .. ':lease') ~= ARGV[3] then
  return { 'LOST' }
end
local last = place .. 'last:' .. ARGV[1]
local before = get(last)
if before and before ~= current then
  delete(name(before, ARGV[1]))
end
delete(page .. ':lease')
set(page, string.format('%.0f', now + ARGV[5]) .. ' ' .. ARGV[7] .. ' ' .. ARGV[8], ARGV[6])
set(last, current, ARGV[6])
return { 'STORED' }
