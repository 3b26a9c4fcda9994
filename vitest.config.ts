import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "infra",
          include: ["tests/infra/**/*.test.ts"],
          // One run of the SST CLI a stage for all files: stages share a working folder, so they go one after the other.
          globalSetup: ["tests/infra/setup.ts"],
          // The tests that run the CLI again, to see it refuse, must not do so side by side.
          fileParallelism: false,
          testTimeout: 30_000,
        },
      },
      { test: { name: "code", include: ["tests/**/*.test.ts"], exclude: ["tests/infra/**"] } },
    ],
  },
})
