-- Gives a lease back. ARGV: query, token, generation of the lease
local lease = name(ARGV[3], ARGV[1]) .. ':lease'
if get(lease) == ARGV[2] then
  delete(lease)
end
return { 'DONE' }
