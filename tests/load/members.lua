-- Members who are signed in: cookie, form token, a meeting's address. `get` reads the meeting's page, `post` signs in to it.
local report = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "") .. "report.lua")

local threads = 0
function setup(thread) thread:set("share", threads) threads = threads + 1 end

local requests, at = {}, 0
function init(args)
  local number = 0
  for line in io.lines(args[1]) do
    if number % tonumber(args[2]) == share then
      local cookie, token, path = line:match("^(.-)\t(.-)\t(.*)$")
      local headers = { Cookie = "__Host-sid=" .. cookie }
      if args[3] == "get" then
        requests[#requests + 1] = wrk.format("GET", path, headers)
      else
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        requests[#requests + 1] = wrk.format("POST", path .. "/sign-in", headers, "csrf=" .. token)
      end
    end
    number = number + 1
  end
  rounds = args[3] == "get"
end

-- A page may be read again; a second sign-in of the same person would only find the first.
function request()
  at = at + 1
  if at > #requests then
    if not rounds then wrk.thread:stop() end
    at = 1
  end
  return requests[at]
end

done = report
