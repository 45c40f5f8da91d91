-- A request from a list, drawn at random: method, path, cookie and press token, separated by tabs.
-- Arguments: the list, and a number that no other run has, so that no press id comes twice.
local list, count, run, serial = {}, 0, "0", 0

function init(args)
  run = args[2]
  math.randomseed(tonumber(run))
  for line in io.lines(args[1]) do
    local method, path, cookie, token = line:match("([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)")
    local headers = {}
    for name, value in pairs(wrk.headers) do headers[name] = value end
    if cookie ~= "" then headers["Cookie"] = "huoma_visitor=" .. cookie end
    count = count + 1
    if method == "POST" then
      list[count] = wrk.format(method, path, headers, token .. "\n" .. string.rep("0", 20)):sub(1, -21)
    else
      list[count] = wrk.format(method, path, headers)
    end
  end
  posts = list[1]:sub(1, 4) == "POST"
end

function request()
  local chosen = list[math.random(count)]
  if not posts then return chosen end
  serial = serial + 1
  return chosen .. string.format("%08d%012d", run, serial)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.duration, summary.requests, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(50)))
end
