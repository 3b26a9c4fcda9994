import { assert, describe, it } from "@effect/vitest"
import { type Fault, type Method, methods, random } from "./Faults.ts"
import { patience } from "./half.ts"
import { planOf, simulate } from "./simulate.ts"

/** Some calls are only made because Telegram would not have a message. */
const refusals: ReadonlyArray<Fault> = ["429 short", "429 long", "400"]

/** And one only because a begin before it was asked for twice. */
const otherFaults: Partial<Record<Method, ReadonlyArray<Fault>>> = { "Events.ofUser": ["twice"] }

/** A call may be rare; in this many schedules each is made. */
const enough = 400

const points = methods.flatMap((method) => (["before", "after"] as const).map((moment) => ({ method, moment })))

describe("a worker that dies at any call of its own loses nothing", () => {
  it.each(points)(
    "$moment $method",
    async ({ method, moment }) => {
      const fault = moment === "before" ? "die before" : "die after"
      for (let seed = 1, met = 0; met < 2; seed++) {
        assert.isAtMost(seed, enough, `no schedule has ${method}`)
        const aimed = { method, fault, nth: seed % 2 } as const
        const faults = random({ seed, faults: otherFaults[method] ?? refusals, rate: 0.1, limit: 10, aimed })
        const { history, violations } = await simulate({ ...planOf(seed), faults })
        if (history.killedAt.has(`${method} ${moment}`)) met += 1
        assert.deepStrictEqual(violations, [], `seed ${seed}`)
      }
    },
    patience,
  )
})
