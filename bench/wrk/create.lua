local bench = dofile("common.lua")
local body = bench.template("create.json")

function request()
  return bench.send("POST", bench.base, body({ key = bench.new_key(), run = bench.run }))
end
