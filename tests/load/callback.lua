-- Every request is another event of the file: query, tab, body. Threads take disjoint shares.
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
