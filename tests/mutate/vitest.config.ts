import { resolve } from "node:path"
import { defineConfig } from "vitest/config"
import type { Mutant } from "./Mutant.ts"

const mutant: Mutant | undefined = JSON.parse(process.env.MUTANT ?? "null") ?? undefined

/** The tests of the code on a program with one fault in it, until the first that notices. */
export default defineConfig({
  plugins: [
    {
      name: "mutant",
      enforce: "pre",
      transform: (code, id) =>
        mutant !== undefined && id === resolve(mutant.file)
          ? code.slice(0, mutant.start) + mutant.to + code.slice(mutant.end)
          : undefined,
    },
  ],
  test: {
    include: ["tests/unit/**/*.test.ts", "tests/faults/**/*.test.ts"],
    isolate: false,
    // Kept by content, a module would be the same with and without its fault.
    fsModuleCache: false,
    maxWorkers: 1,
    bail: 1,
    // A fault may also make something wait for ever.
    testTimeout: 10_000,
    reporters: ["dot"],
  },
})
