import { execFile } from "node:child_process"
import * as Effect from "effect/Effect"
import { sstEnvironment, sstRoot } from "../places/again.ts"
import { wrong } from "./Check.ts"
import type { SecretValues } from "./secrets.ts"

/** As `sst secret list` prints them, also before the first deploy: `NAME=value`, a line each. Asked once. */
export const secretList = (stage: string): Effect.Effect<SecretValues> =>
  Effect.cached(
    Effect.callback<ReadonlyMap<string, string>, ReturnType<typeof wrong>>((resume, signal) => {
      const options = { cwd: sstRoot, env: { ...sstEnvironment(), NO_COLOR: "1" }, signal }
      execFile("sst", ["secret", "list", "--stage", stage], options, (error, stdout, stderr) => {
        if (error === null) return resume(Effect.succeed(secretsIn(stdout)))
        const last = `${stdout}\n${stderr}`
          .split("\n")
          .filter((line) => line.trim() !== "")
          .at(-1)
        resume(
          Effect.fail(
            wrong(`SST cannot list them: ${last?.trim() ?? "no word of why"}`, `npx sst secret list --stage ${stage}`),
          ),
        )
      })
    }),
  )

const secretsIn = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/^\s*([A-Z]\w*)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]))
