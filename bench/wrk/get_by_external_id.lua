local bench = dofile("common.lua")

function request()
  return bench.get(string.format("%s/by_external_id/CID-%d", bench.base, bench.any_key()))
end
