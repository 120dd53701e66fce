#!/usr/bin/env node
require("../dist/cli/lotbook.cjs").run();
