-- Returns the epoch; empty if there is none.
local epoch = redis.pcall('HGET', KEYS[1], 'epoch')
return { type(epoch) == 'string' and epoch or '' }
