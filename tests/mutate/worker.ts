import { resolve } from "node:path"
import { createVitest } from "vitest/node"
import type { Answered, Asked } from "./Asked.ts"
import type { Mutant } from "./Mutant.ts"

// One Vitest for many faults. A fault is put in while its file is loaded: nothing on the disk changes.

let planted: Mutant | undefined

const vitest = await createVitest(
  {
    config: false,
    watch: false,
    include: ["tests/**/*.test.ts"],
    isolate: false,
    // Kept by content, a module would be the same with and without its fault.
    fsModuleCache: false,
    maxWorkers: 1,
    bail: 1,
    // A fault may also make something wait for ever.
    testTimeout: 10_000,
    hookTimeout: 10_000,
    reporters: [{}],
    sequence: {
      // As asked: what noticed the last fault of a file stands first.
      sequencer: class {
        sort = async <A>(tests: A): Promise<A> => tests
        shard = async <A>(tests: A): Promise<A> => tests
      },
    },
  },
  {
    plugins: [
      {
        name: "mutant",
        enforce: "pre",
        transform: (code, id) =>
          planted !== undefined && id === resolve(planted.file)
            ? code.slice(0, planted.start) + planted.to + code.slice(planted.end)
            : undefined,
      },
    ],
  },
)
await vitest.standalone()

const answer = async ({ mutant, tests }: Asked): Promise<Answered> => {
  for (const changed of [planted, mutant]) if (changed !== undefined) vitest.invalidateFile(resolve(changed.file))
  planted = mutant
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(
    tests.map((test) => vitest.getRootProject().createSpecification(resolve(test))),
  )
  // Vitest also gives the modules of runs before, as they ended then.
  const ran = testModules.filter(({ relativeModuleId }) => tests.includes(relativeModuleId))
  return {
    by:
      ran.find((module) => module.state() === "failed")?.relativeModuleId ??
      unhandledErrors.map(String).find(() => true),
    took: Object.fromEntries(ran.map((module) => [module.relativeModuleId, module.diagnostic().duration])),
  }
}

process.on("message", (asked: Asked) => {
  answer(asked).then((answered) => process.send?.(answered))
})
