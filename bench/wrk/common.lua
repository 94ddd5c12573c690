-- Shared by the workloads. The id, external id and e-mail address of a user are derived from its key, a nine-digit
-- number (as in Numbers.java), so that no user has to be looked up. Settings are passed in variables BENCH_….
local FIRST = 100000000
local users = tonumber(os.getenv("BENCH_USERS"))
local step = tonumber(os.getenv("BENCH_STEP"))
local thread_count = tonumber(os.getenv("BENCH_THREADS"))
local STATUSES = { 200, 201, 204, 304, 400, 401, 403, 404, 409, 412, 422, 429, 500, 503 }

local bench = { base = "/api/user/management/v4/users", run = os.getenv("BENCH_RUN") }
local threads = {}
local before, after, headers
local taken = -1

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(arguments)
  math.randomseed(os.time() * 31 + number * 7919 + tonumber(bench.run) % 65536)
  wrk.headers["Authorization"] = "Apikey " .. os.getenv("BENCH_KEY")
  -- Formatted once; only the path changes from one request to the next.
  local request = wrk.format("GET", "@")
  before, after = request:match("^(.-)@(.*)$")
  headers = after:gsub("\r\n\r\n$", "\r\n")
end

function bench.get(path)
  return before .. path .. after
end

function bench.send(method, path, body)
  return method .. " " .. path .. headers .. "Content-Type: application/vnd.api+json\r\nContent-Length: " .. #body
    .. "\r\n\r\n" .. body
end

-- The key of a user that was loaded before the measurements.
function bench.any_key()
  return FIRST + math.random(0, users - 1) * step
end

-- A key that no other request of this run uses.
function bench.new_key()
  taken = taken + 1
  return FIRST + taken * thread_count + number
end

function bench.id(prefix, key, tail)
  return string.format("%s%05d-%04d-7000-8000-%s", prefix, math.floor(key / 10000), key % 10000, tail)
end

function bench.user_id(key)
  return bench.id("019", key, "000000000000")
end

-- A function that replaces the {placeholders} of a request body in this folder.
function bench.template(name)
  local file = assert(io.open(name))
  local text = file:read("*a"):gsub("%s+$", "")
  file:close()
  return function(values)
    return (text:gsub("{(%a+)}", values))
  end
end

-- A random line of a file that the harness wrote.
function bench.lines(file)
  local lines = {}
  for line in io.lines(file) do
    lines[#lines + 1] = line
  end
  return lines
end

-- To count statuses, wrk calls Lua for each response, which costs CPU; therefore only on request.
if os.getenv("BENCH_STATUSES") then
  function response(status)
    local name = "status_" .. status
    _G[name] = (_G[name] or 0) + 1
  end
end

function done(summary, latency)
  local statuses = {}
  for _, status in ipairs(STATUSES) do
    local count = 0
    for _, thread in ipairs(threads) do
      count = count + (thread:get("status_" .. status) or 0)
    end
    if count > 0 then
      statuses[#statuses + 1] = string.format('"%d":%d', status, count)
    end
  end
  local errors = summary.errors
  print(string.format(
    'BENCH {"requests":%d,"seconds":%.6f,"bytes":%d,"p50_ms":%.3f,"p99_ms":%.3f,"max_ms":%.3f,'
      .. '"refused":%d,"broken":%d,"timeouts":%d,"statuses":{%s}}',
    summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, latency.max / 1e3, errors.status, errors.connect + errors.read + errors.write,
    errors.timeout, table.concat(statuses, ",")))
end

return bench
