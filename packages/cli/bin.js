#!/usr/bin/env node
const [major = 0] = process.versions.node.split(".").map(Number)
if (major < 24) {
  process.stderr.write("Node 24 is needed: npm ci brings it along, and npx concierge finds it\n")
  process.exitCode = 2
} else {
  await import("./start/start.ts")
}
