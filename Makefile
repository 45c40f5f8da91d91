# Every command there is. Each one installs what it needs; see scripts/.
.DEFAULT_GOAL := help
.PHONY: run test test-unit test-server test-console test-gateway test-e2e drill bench bench-growth bench-reports check format api help
MAKEFLAGS += --no-print-directory

run: ## Builds and starts Huoma on http://localhost:5080, data under data/; Ctrl-C stops it; DEMO=1: demo data and the WeChat simulator (/sim)
	@exec scripts/run.sh

test: ## Every test; the last line reads: N passed, N failed, N skipped
	@scripts/test.sh

test-unit: ## The rules: pure, seconds
	@scripts/test.sh unit

test-server: ## The real server over HTTP, on SQLite and on a PostgreSQL of its own
	@scripts/test.sh server

test-console: ## The console's own tests
	@scripts/test.sh console

test-gateway: ## The robot gateway: the protocol, commands on a simulated account, kills and restarts
	@scripts/test.sh gateway

test-e2e: ## Operators and visitors in Chromium
	@scripts/test.sh e2e

drill: ## The fault drills alone, in their long form (kills, pauses, a full disk, a crashed database); a line each at the end
	@scripts/test.sh drill

bench: ## The scan path under load, against a bare page and a naive server; under five minutes (ARGS='--only sqlite')
	@scripts/bench.sh $(ARGS)

bench-growth: ## The same with ten million visits in the database
	@scripts/bench.sh growth $(ARGS)

bench-reports: ## How long the statistics take with ten million visits of two years (ARGS='--visits 100000 --only sqlite')
	@scripts/bench.sh reports $(ARGS)

check: ## All that CI does: the tests, and build without warnings, format, lint, types, API documents up to date
	@scripts/check.sh

format: ## Puts the sources into shape
	@scripts/format.sh

api: ## Writes docs/api/openapi.json from the server, and the console's client from that
	@scripts/api.sh

help: ## This list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/make \1|\2/' | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'
