-- Only the figures, for a program to read.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.duration, summary.requests, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(50)))
end
