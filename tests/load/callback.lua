-- Every request is another event of the file: query, tab, body. Threads take disjoint shares. Arguments: the file, the threads, `again`
-- or `new` (may an event come twice?), and, to be slower than one can, the requests per second of one connection.
local report = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "") .. "report.lua")

local threads = 0
function setup(thread) thread:set("share", threads) threads = threads + 1 end

local requests, at = {}, 0
function init(args)
  local number = 0
  for line in io.lines(args[1]) do
    if number % tonumber(args[2]) == share then
      local query, body = line:match("^(.-)\t(.*)$")
      requests[#requests + 1] = wrk.format("POST", wrk.path .. "?" .. query, { ["Content-Type"] = "application/json" }, body)
    end
    number = number + 1
  end
  again = args[3] == "again"
  local rate = tonumber(args[4] or "")
  -- wrk asks for it once init has run, and does not count the pause as latency.
  if rate then
    delay = function() return math.max(0, math.floor(1000 / rate * (0.5 + math.random()))) end
  end
end

-- A file that is used up says so: an event that comes twice is cheaper, and would be measured as if it were new.
function request()
  at = at + 1
  if at > #requests then
    if not again then wrk.thread:stop() end
    at = 1
  end
  return requests[at]
end

done = report
