local bench = dofile("common.lua")

function request()
  return bench.get(
    string.format("%s?filter[email]=subscriber.%d@mail.example.com", bench.base, bench.any_key()))
end
