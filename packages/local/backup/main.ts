import { resolve } from "node:path"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { dataDirectory } from "../host/environment.ts"
import { Problem } from "../host/Problem.ts"
import { backup, restore } from "./backup.ts"

const usage =
  "Say which directory: npm run backup -- <to>, or npm run restore -- <from>. CONCIERGE_DATA names the data."

const main = Effect.gen(function* () {
  const [what, directory] = process.argv.slice(2)
  if (directory === undefined) return yield* new Problem({ advice: usage })
  const data = yield* dataDirectory
  yield* what === "restore" ? restore(resolve(directory), data) : backup(data, resolve(directory))
  yield* Console.log(what === "restore" ? `${data} is restored.` : `${resolve(directory)} holds all of ${data}.`)
}).pipe(Effect.tapErrorTag("Problem", ({ advice }) => Console.error(advice)))

// It holds people and secrets, as the original does.
process.umask(0o077)

NodeRuntime.runMain(main)
