import { Dice } from "./chance.ts"
import { type Fault, type Faults, type Method, methods, noFaults, random } from "./Faults.ts"

/** What goes wrong in a run, and whether the queue's own promises may be held against it in full. */
export interface Profile {
  readonly name: string
  readonly faults: Faults
}

const dying: ReadonlyArray<Fault> = ["die before", "die after", "late"]
const losing: ReadonlyArray<Fault> = ["lost", "twice", "ghost", "error"]
const limits: ReadonlyArray<Fault> = ["429 short", "429 long"]

const kinds: Readonly<Record<string, ReadonlyArray<Fault>>> = {
  clean: [],
  limited: limits,
  slow: ["slow", ...limits],
  dying,
  losing: [...losing, ...limits, "400"],
  silent: ["unseen", "unseen", "unseen", "error", ...limits],
  mixed: [...dying, ...losing, ...limits, "slow", "400"],
}

/** What befalls a few calls only, or the same one again and again. */
const factors: Partial<Record<string, number>> = { slow: 4, limited: 4, silent: 20 }

/** Half of the runs are aimed at one call, so that rare ones have their turn. */
export const profileOf = (seed: number): Profile => {
  const dice = new Dice("profile", seed)
  if (seed % 2 === 0) {
    const method: Method = dice.of(methods)
    const fault = dice.of(seed % 3 === 0 ? losing : dying)
    const aimed = { method, fault, nth: dice.below(3) }
    return {
      name: `${fault} at ${method}`,
      faults: random({ seed, faults: [...limits, "400"], rate: 0.04, limit: 5, aimed }),
    }
  }
  const name = dice.of(Object.keys(kinds))
  const faults = kinds[name] ?? []
  if (faults.length === 0) return { name, faults: noFaults }
  const rate = dice.of([0.006, 0.015, 0.04]) * (factors[name] ?? 1)
  return { name, faults: random({ seed, faults, rate, limit: 15 }) }
}

/** In a rush: while turns are waited for, and with turns in hand, which a write of the pace has given. */
export const rushProfileOf = (seed: number): Profile => {
  const dice = new Dice("profile", seed)
  const { faults, name } = dice.of([
    { name: "clean", faults: [] },
    { name: "dying", faults: dying },
    { name: "dying", faults: dying },
    { name: "losing", faults: [...losing, ...dying] },
  ])
  const paced = random({ seed, faults, rate: 0.08, limit: 6 })
  const others = random({ seed, faults, rate: 0.003, limit: 3 })
  return {
    name: `rush, ${name}`,
    faults: { at: (point, method) => (point.includes(" pace#") ? paced : others).at(point, method) },
  }
}

/** Where a deletion, or what comes late of before it, is easily left half done. */
const halves: ReadonlyArray<Method> = [
  "Users.begin",
  "Users.begin",
  "Users.commit",
  "Users.remove",
  "Events.claim",
  "Events.finish",
  "Events.ofUser",
  "Settings.put",
  "Telegram.sendMessage",
  "Telegram.sendMessage",
  "Telegram.sendVideo",
  "Telegram.sendVideo",
]

/** For a schedule that is about a deletion. */
export const deletionProfileOf = (seed: number): Profile => {
  const dice = new Dice("profile", seed)
  const method = dice.of(halves)
  const fault = dice.of([...dying, ...losing])
  const aimed = { method, fault, nth: dice.below(6) }
  const rate = dice.of([0, 0.01, 0.04])
  return {
    name: `deletion, ${fault} at ${method}`,
    faults: random({ seed, faults: [...dying, ...losing, ...limits], rate, limit: 8, aimed }),
  }
}
