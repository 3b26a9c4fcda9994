import { Events } from "@concierge/core/services/Events.ts"
import { Sessions } from "@concierge/core/services/Sessions.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { Users } from "@concierge/core/services/Users.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Scheduler from "effect/Scheduler"
import * as TestClock from "effect/testing/TestClock"
import * as SqliteEvents from "../../packages/local/store/Events.ts"
import * as SqliteSessions from "../../packages/local/store/Sessions.ts"
import * as SqliteSettings from "../../packages/local/store/Settings.ts"
import * as Tables from "../../packages/local/store/Tables.ts"
import * as SqliteUsers from "../../packages/local/store/Users.ts"
import { check } from "./check.ts"
import { generate } from "./generate.ts"
import { generateDeletion } from "./generateDeletion.ts"
import { generateRush } from "./generateRush.ts"
import { deletionProfileOf, profileOf, rushProfileOf } from "./profiles.ts"
import { type Plan, run } from "./run.ts"
import { asItIs, type Variant } from "./Variant.ts"

/** One set of tables for all runs, since opening one takes longer than a run. */
const tables = Layer.mergeAll(SqliteUsers.layer, SqliteEvents.layer, SqliteSessions.layer, SqliteSettings.layer).pipe(
  Layer.provideMerge(Tables.layer(":memory:")),
)

const runtime = ManagedRuntime.make(tables)

// A run waits for nothing real: a turn of the event loop for each of its steps would be most of its time.
const promptly = new Scheduler.MixedScheduler("async", (task) => {
  let isCancelled = false
  queueMicrotask(() => {
    if (!isCancelled) task()
  })
  return () => {
    isCancelled = true
  }
})

/** One seed of so many is about somebody who is deleted: by chance that is too rare. */
const deletionEvery = 5

export interface Options {
  readonly variant?: Variant
  readonly isTraced?: boolean
}

export const planOf = (
  seed: number,
  { isTraced = false, variant = asItIs }: Options = {},
): Plan & { readonly profile: string } => {
  const isDeletion = seed % deletionEvery === 0
  const { faults, name } = isDeletion ? deletionProfileOf(seed) : profileOf(seed)
  const schedule = isDeletion ? generateDeletion(seed) : generate(seed)
  return { seed, again: `--seed ${seed}`, schedule, faults, variant, isTraced, profile: name }
}

/** Of more people than Telegram takes, which take longer than what a few do. */
export const rushOf = (
  seed: number,
  { isTraced = false, variant = asItIs }: Options = {},
): Plan & { readonly profile: string } => {
  const { faults, name } = rushProfileOf(seed)
  return {
    seed,
    again: `--rush --seed ${seed}`,
    schedule: generateRush(seed),
    faults,
    variant,
    isTraced,
    profile: name,
  }
}

/** Runs a plan on the real programs, and says what happened and what of it should not have. */
export const simulate = (plan: Plan) =>
  runtime.runPromise(
    Effect.gen(function* () {
      const stores = {
        tables: yield* Tables.Tables,
        users: yield* Users,
        events: yield* Events,
        sessions: yield* Sessions,
        settings: yield* Settings,
      }
      const history = yield* run(stores, plan)
      return { history, violations: check(history, plan.schedule, stores.tables) }
    }).pipe(
      Effect.provide(TestClock.layer({ warningDelay: "1 day" })),
      Effect.provideService(Scheduler.Scheduler, promptly),
    ),
    { scheduler: promptly },
  )
