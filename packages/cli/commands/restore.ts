import { existsSync, renameSync, rmSync } from "node:fs"
import { resolve } from "node:path"
import { currentIso } from "@concierge/core/Time.ts"
import { dataDirectory } from "@concierge/local/host/environment.ts"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { typed, yes } from "../ask.ts"
import { BadInput } from "../BadInput.ts"
import { asJson } from "../flags.ts"
import { progress } from "../print/progress.ts"
import { json, out } from "../print/write.ts"

const file = Argument.String("file").pipe(Argument.withDescription("What backup has made"))

export const restore = Command.make("restore", { file, yes, json: asJson }, ({ file, json: wantsJson, yes }) =>
  Effect.gen(function* () {
    const [{ restore }, { hold }] = yield* Effect.promise(() =>
      Promise.all([import("@concierge/local/backup/backup.ts"), import("@concierge/local/host/hold.ts")]),
    )
    const data = yield* dataDirectory
    const from = resolve(file)
    if (!existsSync(from)) return yield* new BadInput({ advice: `${from} is not there: name a backup's file` })
    const aside = existsSync(data) ? `${data}.before-${(yield* currentIso).replaceAll(":", "")}` : undefined
    if (aside !== undefined) {
      yield* Effect.scoped(hold(data)).pipe(
        Effect.mapError(() => new BadInput({ advice: `${data} is in use: stop the host first` })),
      )
      yield* typed(`What people did since the backup is moved aside to ${aside}.`, "restore", yes)
    }
    yield* progress("restoring")
    // Whole, and seen to be so, before anything that is there is touched.
    const whole = `${data}.restored`
    const remove = Effect.sync(() => rmSync(whole, { recursive: true, force: true }))
    yield* Effect.ensuring(
      Effect.gen(function* () {
        yield* Effect.andThen(remove, restore(from, whole))
        if (aside !== undefined) renameSync(data, aside)
        renameSync(whole, data)
        yield* wantsJson
          ? json({ data, from, aside })
          : out(`${data} is restored.${aside === undefined ? "" : ` What was there is ${aside}.`}`)
      }),
      remove,
    )
  }).pipe(
    Effect.scoped,
    Effect.mapError(({ advice }) => new BadInput({ advice })),
  ),
).pipe(
  Command.withDescription("This machine's data as a backup has it; what is there is moved aside, the host stopped"),
  Command.withExamples([
    {
      command: "concierge restore /var/backups/concierge.tgz",
      description: "With the host stopped; what was there is kept beside it",
    },
  ]),
)
