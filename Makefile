.PHONY: help build demo test fuzz audit bench check clean
.DEFAULT_GOAL := help

help: ## Show these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Build the npm package into pkg/dist
	@scripts/setup build
	@scripts/build

demo: build ## Build, then run the portal and its worker against the sandbox
	@exec node scripts/demo.mjs

test: ## Run every check and test
	@scripts/setup test
	@scripts/build
	@scripts/test

fuzz: ## Fuzz all that reads text from outside, each target for TIME seconds (60)
	@scripts/setup fuzz
	@scripts/fuzz long

audit: ## Look at what this is made of: lock files, licences, versions, known faults
	@scripts/setup audit
	@scripts/audit

bench: ## Measure the budgets against the peers
	@scripts/setup test
	@scripts/build
	@echo "bench: measuring"
	@node tests/bench/run.mjs

check: build ## Check format, lints and types, without running tests
	@echo "check: format"
	@cargo fmt --check
	@echo "check: lints"
	@cargo clippy --quiet --all-targets --all-features -- -D warnings
	@for project in $(wildcard www/*/tsconfig.json); do \
		echo "check: types of $$project"; \
		node_modules/.bin/tsc --noEmit --project "$$project" || exit 1; \
	done

clean: ## Remove what was built (installed packages and tools stay)
	rm -rf target tests/fuzz/target pkg/dist www/*/dist
