-- Gives an attempt back. ARGV: attempts at once, milliseconds after which one comes back
write(read() - tonumber(ARGV[2]))
return { 'GIVEN' }
