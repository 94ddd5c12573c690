local bench = dofile("common.lua")

function request()
  return bench.get(bench.base .. "/" .. bench.user_id(bench.any_key()))
end
