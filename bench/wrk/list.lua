-- Pages that begin at places all over the list: BENCH_PAGES is a file of queries whose cursors the harness sealed.
local bench = dofile("common.lua")
local pages = bench.lines(os.getenv("BENCH_PAGES"))

function request()
  return bench.get(bench.base .. pages[math.random(#pages)])
end
