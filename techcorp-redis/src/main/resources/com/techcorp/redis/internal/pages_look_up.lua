-- ARGV: query, known generation, token, milliseconds of a lease, earliness. Returns HIT with the page
-- and, if it is to be refreshed, LEASE; MISS; or TAKEN; the generation comes second
local current = generation(ARGV[2])
local page = name(current, ARGV[1])
local ends, took, json = string.match(get(page) or '', '^(%d+) (%d+) (.*)$')
local left = ends and tonumber(ends) - now or 0
if left > 0 and left >= took / 1000 * tonumber(ARGV[5]) then
  return { 'HIT', current, json }
end
local given = take(page .. ':lease', ARGV[3], ARGV[4])
if left > 0 then
  return given and { 'HIT', current, json, 'LEASE' } or { 'HIT', current, json }
end
return { given and 'MISS' or 'TAKEN', current }
