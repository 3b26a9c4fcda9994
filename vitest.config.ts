import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Real servers, real processes and a real voice take their time on a small machine.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // .ci/run takes its closing line from this report.
    reporters:
      process.env.CI === undefined ? ["default"] : ["default", ["json", { outputFile: "coverage/report.json" }]],
    coverage: {
      provider: "v8",
      include: ["packages/core/**/*.ts"],
      reporter: ["text-summary"],
      thresholds: { lines: 90 },
    },
  },
})
