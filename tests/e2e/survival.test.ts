import { brand } from "@concierge/brands/concierge/brand.ts"
import { pathOf } from "@concierge/core/onboarding/Flow.ts"
import type { User } from "@concierge/core/onboarding/User.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { type Endpoints, start } from "./support/Host.ts"
import { temporaryDirectory } from "./support/process.ts"
import { makeStorm } from "./support/storm.ts"

const people = Array.from({ length: 60 }, (_, index) => 5_001 + index)
const deaths = 10

/** The steps that somebody must have received to stand where they stand: all up to the one they are named for. */
const progressOf = ({ answers, state }: User): ReadonlyArray<string> => {
  const path = pathOf(brand.flow, answers)
  return path.slice(0, path.findIndex((step) => step.state === state) + 1).map(({ id }) => id)
}

const assertLegal = Effect.fnUntraced(function* (host: Endpoints, chatId: number) {
  const user = yield* host.user(chatId)
  const messages = yield* host.messages(chatId)
  assert.isDefined(user)
  assert.isUndefined(user.lock)
  assert.sameMembers(Object.keys(user.state_progress), [...progressOf(user)])
  assert.strictEqual(user.ref_code, "ref_storm")
  // Seven of what they did can be answered with a message; one more only for a death in the middle of a step.
  assert.isAtMost(messages.length, 7 + user.ambiguous + user.unresolved)
})

describe("the host", () => {
  it.live(
    "survives kill -9, ten times at any moment of a load",
    () =>
      Effect.gen(function* () {
        const data = yield* temporaryDirectory
        const living = start({ CONCIERGE_DATA: data, LOG_LEVEL: "None" })
        const storm = makeStorm(people)

        for (let death = 0; death < deaths; death++) {
          // All ten together leave some of the 480 for the end.
          const more = yield* Random.nextIntBetween(1, 45)
          yield* Effect.scoped(
            Effect.gen(function* () {
              const host = yield* living
              const killed = Effect.andThen(storm.delivered(more), host.process.kill("SIGKILL"))
              const [isAll] = yield* Effect.all([storm.blow(host), killed], { concurrency: 2 })
              assert.isFalse(isAll)
            }),
          )
        }

        const host = yield* living
        assert.isTrue(yield* storm.blow(host))
        const { accepted, applied, dead, ignored, parked, queued } = yield* host.settled
        assert.strictEqual(accepted, storm.updates.length)
        assert.deepStrictEqual([queued, dead, applied + ignored + parked], [0, 0, accepted])
        const events = yield* Effect.forEach(storm.updates, ({ update_id }) => host.event(update_id), {
          concurrency: 10,
        })
        for (const event of events) assert.isDefined(event?.outcome)
        for (const chatId of people) yield* assertLegal(host, chatId)
      }).pipe(Random.withSeed("ten")),
    240_000,
  )
})
