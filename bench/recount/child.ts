import { recount } from "@concierge/core/attribution/recount.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Archive from "../../packages/local/store/Archive.ts"
import * as Events from "../../packages/local/store/Events.ts"
import * as Tables from "../../packages/local/store/Tables.ts"

/** Told to the parent in one line of JSON. */
export interface Counted {
  readonly events: number
  readonly seconds: number
  /** Megabytes of the process when a tenth was read, and at the most after that. */
  readonly early: number
  readonly most: number
}

const [path = "", size = "0"] = process.argv.slice(2)
const megabytes = (): number => process.memoryUsage().rss / 2 ** 20

let [early, most] = [0, 0]
const program = Effect.gen(function* () {
  const started = performance.now()
  const { events } = yield* recount("", (seen) => {
    if (seen * 10 < Number(size)) return
    most = Math.max(most, megabytes())
    if (early === 0) early = most
  })
  return { events, seconds: (performance.now() - started) / 1_000, early, most } satisfies Counted
})

const stores = Layer.mergeAll(Archive.layer, Events.layer).pipe(Layer.provideMerge(Tables.layer(path)))
console.log(JSON.stringify(await Effect.runPromise(Effect.provide(program, stores))))
