-- The algorithm of _algorithm.py, in Redis. An action that is run twice for a ticket, because its reply was lost, does no
-- harm. All replies are strings, because Redis cuts numbers to integers.

local time = redis.call('TIME')
local now = tonumber(ARGV[2]) or (time[1] + time[2] / 1000000)
local GRACE, RECOVERY, POLL_INTERVAL, POLL_SPACING = unpack(ARGV, 3, 6)
local reserved, sent, counted, throttled, polled_until, per

local function format(number) return string.format('%.6f', number) end

local function expire(key, seconds) redis.call('PEXPIRE', key, math.ceil(seconds * 1000)) end

-- The limit after a 429, and the seconds for which nothing is admitted.
local function lower(limit)
    local admitted, at, paused_until = unpack(redis.call('HMGET', throttled, 'admitted', 'at', 'paused_until'))
    if not admitted then return limit, 0 end
    local windows = math.max(0, (now - at) / per - 1)
    return math.min(limit, math.max(1, admitted) + math.floor(limit * RECOVERY * windows)), paused_until - now
end

local function acquire(ticket, limit, hold)
    local start = redis.call('ZSCORE', reserved, ticket)
    if start and tonumber(start) > now then return format(start - now) end
    if not start and not redis.call('ZSCORE', sent, ticket) then
        local limit, pause = lower(limit)
        if pause > 0 then return format(pause) end
        local excess = redis.call('ZCARD', reserved) + redis.call('ZCARD', sent) + redis.call('ZCARD', counted) - limit
        if excess >= 0 then
            local free = redis.call('ZRANGE', counted, excess, excess, 'WITHSCORES')[2]
            if not free then
                local poll_at = math.max((redis.call('GET', polled_until) or 0) + POLL_SPACING, now + POLL_INTERVAL)
                poll_at = math.min(poll_at, now + per / 2)
                redis.call('SET', polled_until, format(poll_at), 'PX', math.ceil(per * 1000))
                return format(poll_at - now)
            end
            redis.call('ZADD', reserved, free, ticket)
            expire(reserved, 2 * (per + GRACE))
            return format(math.max(0, free - now))
        end
    end
    redis.call('ZREM', reserved, ticket)
    redis.call('ZADD', sent, format(now + hold + per), ticket)
    expire(sent, 2 * (hold + per))
    return format(0)
end

local function release(ticket, is_counted)
    redis.call('ZREM', reserved, ticket)
    redis.call('ZREM', sent, ticket)
    if is_counted then
        redis.call('ZADD', counted, format(now + per), ticket)
        expire(counted, 2 * per)
    end
    return format(0)
end

local function throttle(pause)
    redis.call('DEL', reserved)
    local paused_until = math.max(redis.call('HGET', throttled, 'paused_until') or 0, now + pause)
    redis.call('HSET', throttled, 'paused_until', format(paused_until), 'at', format(now))
    redis.call('HSET', throttled, 'admitted', redis.call('ZCARD', counted))
    expire(throttled, 2 * (paused_until - now) + (2 + 1 / RECOVERY) * per)
    return format(0)
end

local function status(limit)
    local limit, pause = lower(limit)
    local waiting, used = redis.call('ZCARD', reserved), redis.call('ZCARD', sent) + redis.call('ZCARD', counted)
    local excess = waiting + used - limit
    local free = excess < 0 and now or redis.call('ZRANGE', counted, excess, excess, 'WITHSCORES')[2] or now + per
    return string.format('%d %d %d %.6f', limit, used, waiting, math.max(0, free - now, pause))
end

local methods = {acquire = acquire, release = release, throttle = throttle, status = status}
local replies = {}
for index, action in ipairs(cjson.decode(ARGV[1])) do
    local key, method, arguments = KEYS[action[1]], methods[action[3]], action[4]
    reserved, sent, counted = key .. ':reserved', key .. ':sent', key .. ':counted'
    throttled, polled_until, per = key .. ':throttled', key .. ':polled_until', action[2]
    for slots, until_time in pairs({[reserved] = now - GRACE, [sent] = now, [counted] = now}) do
        redis.call('ZREMRANGEBYSCORE', slots, '-inf', format(until_time))
    end
    replies[index] = method(unpack(arguments))
end
return replies
