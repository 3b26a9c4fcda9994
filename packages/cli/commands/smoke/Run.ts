import { botIdOf, WorkerConfig } from "@concierge/core/config.ts"
import { eventIdOf } from "@concierge/core/ids.ts"
import { Records } from "@concierge/core/services/Records.ts"
import type { Fields } from "@concierge/core/stored/shape.ts"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { stageName } from "../../places/resource.ts"
import { Missed } from "./Missed.ts"
import { firstIdOf } from "./madeUp.ts"
import type { TestPerson } from "./TestPerson.ts"

/** One smoke test: whose updates, by which ids, and how long each effect may take. */
export interface Run {
  readonly person: TestPerson
  readonly within: Duration.Duration
  /** The next update's number, and when it was made up. */
  readonly next: Effect.Effect<{ readonly updateId: number; readonly nowMillis: number }>
  /** The numbers given so far. */
  readonly given: ReadonlyArray<number>
}

export const makeRun = (person: TestPerson, within: Duration.Duration): Effect.Effect<Run> =>
  Effect.map(Clock.currentTimeMillis, (begun) => {
    const given: Array<number> = []
    const next = Effect.map(Clock.currentTimeMillis, (nowMillis) => {
      const updateId = firstIdOf(begun) + given.length
      given.push(updateId)
      return { updateId, nowMillis }
    })
    return { person, within, next, given }
  })

/** Soon at first, as on one machine; then every second, since each look at a table costs. */
const everySecondAtLast = Schedule.min([Schedule.exponential("20 millis", 1.5), Schedule.spaced("1 second")])

/** Asks until there is an answer. Where none comes in time, what was missed. */
export const until = <A, E, R, R2>(
  { within }: Run,
  ask: Effect.Effect<A | undefined, E, R>,
  missed: Effect.Effect<Missed, E, R2>,
): Effect.Effect<A, E | Missed, R | R2> =>
  ask.pipe(
    Effect.repeat({ schedule: everySecondAtLast, until: (answer) => answer !== undefined }),
    Effect.flatMap((answer) => (answer === undefined ? Effect.never : Effect.succeed(answer))),
    Effect.timeoutOrElse({ duration: within, orElse: () => Effect.flatMap(missed, Effect.fail) }),
  )

export const eventOf = Effect.fnUntraced(function* (updateId: number) {
  const { botToken } = yield* WorkerConfig
  return yield* (yield* Records).event(eventIdOf(botIdOf(botToken), updateId))
})

/** A command of this tool, as it is typed for the same place. */
export const toType = (words: string): string => {
  const name = stageName()
  return `npx concierge ${words}${name === undefined ? "" : ` --stage ${name}`}`
}

/** The event of an update, once it has its outcome. */
export const ended = (run: Run, updateId: number) =>
  until(
    run,
    Effect.map(eventOf(updateId), (event): Fields | undefined => (event?.outcome === undefined ? undefined : event)),
    Effect.map(eventOf(updateId), (event) => {
      const time = Duration.format(run.within)
      return event === undefined
        ? new Missed({ says: `no worker began update ${updateId} within ${time}`, mend: toType("doctor") })
        : new Missed({
            says: `a worker began update ${updateId}, and did not end it within ${time}`,
            mend: toType(`trace ${updateId}`),
          })
    }),
  )
