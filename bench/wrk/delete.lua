-- Deletes each of the users that the harness has added for this round, once.
local bench = dofile("common.lua")

function request()
  return bench.send("DELETE", bench.base .. "/" .. bench.id("01b", bench.new_key(), bench.run), "")
end
