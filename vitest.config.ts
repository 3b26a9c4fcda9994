import { availableParallelism } from "node:os"
import { join } from "node:path"
import { defineConfig } from "vitest/config"
import { LongestFirst } from "./tests/LongestFirst.ts"

const browser = ["tests/e2e/{page*,film,policy,foreignPage,campaigns,realBot,preview}.test.ts"]

export default defineConfig({
  test: {
    // Vitest would leave a core free. One more than there are is busy while another waits for a process, or for nothing to happen.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    // What Node compiles is kept for the next process that a test starts: most of a command's time is its start.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, "node_modules/.cache/node") },
    projects: [
      {
        test: {
          name: "infra",
          include: ["tests/infra/**/*.test.ts"],
          // One run of the SST CLI a stage for all files, while other tests run.
          globalSetup: ["tests/infra/setup.ts"],
          setupFiles: ["tests/infra/afterPlans.ts"],
          // A process for each of two dozen files would take longer than what most of them look at.
          isolate: false,
          // A plan is half a minute of a busy machine's time.
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: "code",
          include: ["tests/unit/**/*.test.ts"],
          setupFiles: ["tests/compiled.ts"],
          // Loading the modules anew for each file would be a third of the time.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // As the code's own, but not watched for coverage: what they cover, the code's own tests do as well.
          name: "contract",
          include: ["tests/contract/**/*.test.ts"],
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "simulator",
          include: ["tests/simulator/**/*.test.ts"],
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          // A process has one browser for all its files. Whatever else they look at is in other processes.
          name: "browser",
          include: browser,
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // Each in a process of its own: a client of AWS and the environment are one for all of a process.
          name: "system",
          include: ["tests/faults/**/*.test.ts", "tests/e2e/**/*.test.ts"],
          exclude: browser,
          // Real servers, real processes and a real voice take their time on a small machine.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
    // .ci/run takes its closing line from these: one of each script that runs tests.
    reporters:
      process.env.CI === undefined
        ? ["default"]
        : ["default", ["json", { outputFile: `coverage/${process.env.npm_lifecycle_event}.json` }]],
    // Of the code's own tests alone: whatever is watched for coverage takes half as long again.
    coverage: {
      provider: "v8",
      include: ["packages/core/**/*.ts"],
      reporter: ["text-summary"],
      thresholds: { lines: 90 },
    },
  },
})
