-- The last page that was kept. ARGV: query
local last = get(place .. 'last:' .. ARGV[1])
local json = last and string.match(get(name(last, ARGV[1])) or '', '^%d+ %d+ (.*)$')
return json and { 'PAGE', json } or { 'NONE' }
