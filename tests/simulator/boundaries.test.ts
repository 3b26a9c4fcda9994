import { assert, describe, it } from "@effect/vitest"
import { type Fault, type Method, methods, type Rates, random } from "./Faults.ts"
import { patience } from "./half.ts"
import { planOf, simulate } from "./simulate.ts"

/** Some calls are only made because Telegram would not have a message. */
const refusals: ReadonlyArray<Fault> = ["429 short", "429 long", "400"]

/** And some only because a begin before it was asked for twice, or a send was not answered. */
const otherFaults: Partial<Record<Method, ReadonlyArray<Fault>>> = {
  "Events.ofUser": ["twice"],
  "Events.get": ["unseen"],
  "Telegram.sendChatAction": ["unseen"],
}

/** Short schedules that between them make every call twice: they are tried before all others. */
const short = [10, 17, 30, 67, 90, 14, 16, 6, 8, 20, 53, 66]

/** A call may be rare; in this many schedules each is made. */
const enough = 400
const seeds = [
  ...short,
  ...Array.from({ length: enough }, (_, index) => index + 1).filter((seed) => !short.includes(seed)),
]

const faultsOf = (seed: number, faults: ReadonlyArray<Fault>, aimed?: Rates["aimed"]) =>
  random({
    seed,
    faults,
    rate: faults.includes("unseen") ? 0.5 : 0.1,
    limit: 10,
    ...(aimed === undefined ? {} : { aimed }),
  })

/** What each schedule calls, which is the same up to a death: only those that make a call need be run for it. */
const seen = new Map<string, Promise<ReadonlyMap<Method, number>>>()
const callsOf = (seed: number, faults: ReadonlyArray<Fault>): Promise<ReadonlyMap<Method, number>> => {
  const key = `${seed} ${faults}`
  const known = seen.get(key)
  if (known !== undefined) return known
  const found = simulate({ ...planOf(seed), faults: faultsOf(seed, faults) }).then(({ history }) => history.called)
  seen.set(key, found)
  return found
}

const points = methods.flatMap((method) => (["before", "after"] as const).map((moment) => ({ method, moment })))

describe("a worker that dies at any call of its own loses nothing", () => {
  it.each(points)(
    "$moment $method",
    async ({ method, moment }) => {
      const fault = moment === "before" ? "die before" : "die after"
      const others = otherFaults[method] ?? refusals
      let met = 0
      for (const seed of seeds) {
        const nth = seed % 2
        if (((await callsOf(seed, others)).get(method) ?? 0) <= nth) continue
        const faults = faultsOf(seed, others, { method, fault, nth })
        const { history, violations } = await simulate({ ...planOf(seed), faults })
        if (history.killedAt.has(`${method} ${moment}`)) met += 1
        assert.deepStrictEqual(violations, [], `seed ${seed}`)
        if (met === 2) return
      }
      assert.fail(`no two of ${enough} schedules have ${method}`)
    },
    patience,
  )
})
