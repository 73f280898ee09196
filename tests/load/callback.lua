-- Every request is another event of events.tsv; the threads take disjoint shares.
local counter = 0
function setup(thread) thread:set("share", counter); counter = counter + 1 end

local requests, at = {}, 0
function init(args)
  local threads = tonumber(args[2]) or 1
  local number = 0
  for line in io.lines(args[1]) do
    if number % threads == share then
      local query, body = line:match("^(.-)\t(.*)$")
      requests[#requests + 1] = wrk.format("POST", wrk.path .. "?" .. query, { ["Content-Type"] = "application/json" }, body)
    end
    number = number + 1
  end
end

function request()
  at = at + 1
  if at > #requests then wrk.thread:stop() at = 1 end
  return requests[at]
end

local bad = 0
function response(status) if status ~= 200 then bad = bad + 1 end end
function done(summary, latency)
  io.write(string.format("RESULT\t%.0f\t%.2f\t%.2f\t%d\t%d\n", summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.requests,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
