-- Makes earlier generations past ones. ARGV: generation
set(KEYS[1], generation(ARGV[1]), day)
return { 'DONE' }
