-- Pages that begin anywhere in the list. BENCH_PAGES is a file of queries with cursors sealed by the harness.
local bench = dofile("common.lua")
local pages = bench.lines(os.getenv("BENCH_PAGES"))

function request()
  return bench.get(bench.base .. pages[math.random(#pages)])
end
