#!/usr/bin/env node
import { enableCompileCache } from "node:module"
import { fileURLToPath } from "node:url"

const [major = 0] = process.versions.node.split(".").map(Number)
if (major < 24) {
  process.stderr.write("Node 24 is needed: npm ci brings it along, and npx concierge finds it\n")
  process.exitCode = 2
} else {
  // Before the first TypeScript: what strips its types takes 50 ms to load, and is not asked for what it has stripped before.
  enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/concierge/compiled", import.meta.url)))
  await import("./start/start.ts")
}
