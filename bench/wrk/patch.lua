local bench = dofile("common.lua")
local body = bench.template("patch.json")

function request()
  local id = bench.user_id(bench.any_key())
  return bench.send("PATCH", bench.base .. "/" .. id, body({ id = id, number = math.random(1000000, 9999999) }))
end
