import { enableCompileCache } from "node:module"
import { fileURLToPath } from "node:url"

// Before the first TypeScript: what strips its types takes 15 MB for good, and is not asked for what it has stripped before.
enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/concierge/compiled", import.meta.url)))
await import("./main.ts")
