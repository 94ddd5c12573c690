-- Reads the list from the first page, following `next` of each response; one walk for each connection.
local bench = dofile("common.lua")
local waiting = {}

function request()
  return bench.get(table.remove(waiting) or bench.base)
end

function response(status, headers, body)
  local link = body:match('"next":"https?://[^/]+([^"]+)"')
  if link then
    waiting[#waiting + 1] = link
  end
end
