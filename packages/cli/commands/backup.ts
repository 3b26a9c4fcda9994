import { resolve } from "node:path"
import { dataDirectory } from "@concierge/local/host/environment.ts"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { BadInput } from "../BadInput.ts"
import { asJson } from "../flags.ts"
import { progress } from "../print/progress.ts"
import { json, out } from "../print/write.ts"

const file = Argument.String("file").pipe(Argument.withDescription("A file that is not there yet"))

export const backup = Command.make("backup", { file, json: asJson }, ({ file, json: wantsJson }) =>
  Effect.gen(function* () {
    const { backup } = yield* Effect.promise(() => import("@concierge/local/backup/backup.ts"))
    const data = yield* dataDirectory
    yield* progress("copying")
    yield* backup(data, resolve(file))
    yield* wantsJson ? json({ file: resolve(file), data }) : out(`${resolve(file)} holds all of ${data}.`)
  }).pipe(
    Effect.scoped,
    Effect.mapError(({ advice }) => new BadInput({ advice })),
  ),
).pipe(
  Command.withDescription("All of this machine's data in one file, while the host runs; a stage's: docs/runbook.md"),
  Command.withExamples([
    { command: "concierge backup /var/backups/concierge.tgz", description: "It holds people and secrets" },
  ]),
)
