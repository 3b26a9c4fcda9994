import type { Pace, Turn } from "@concierge/core/services/Pace.ts"
import { fromIso, toIso } from "@concierge/core/Time.ts"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import { epoch } from "./Schedule.ts"
import type { Services } from "./Services.ts"
import type { Variant } from "./Variant.ts"

type Stores = Services["stores"]
type Settings = Stores["settings"]

/** Of the refusal that the rate follows from. */
const epochOf = (value: unknown): unknown => (Predicate.hasProperty(value, "epoch") ? value.epoch : undefined)

const isPace = (key: string): boolean => key.startsWith("pace#")

const withSettings = (stores: Stores, settings: Partial<Settings>): Stores => ({
  ...stores,
  settings: { ...stores.settings, ...settings },
})

/** Milliseconds for which a lock lasts at most. */
const hour = 3_600_000

/** One turn at a time, under a lock that nobody takes from the dead before the next hour. */
const locked = (pace: Pace["Service"], { settings }: Stores): Pace["Service"] => {
  const key = Effect.map(Clock.currentTimeMillis, (now) => `the turn ${Math.floor(now / hour)}`)
  const lock = Effect.flatMap(key, (key) => settings.swap({ key, before: undefined, value: { version: 1 } }))
  const unlock = Effect.ignore(Effect.flatMap(key, settings.remove))
  return {
    ...pace,
    take: Effect.fnUntraced(function* (ask, waiting) {
      for (let left = Duration.toSeconds(ask.patience); left > 0; left -= 5) {
        if (yield* Effect.orElseSucceed(lock, () => false)) return yield* pace.take(ask, waiting)
        yield* Effect.sleep("5 seconds")
      }
      return { _tag: "NotNow", wait: Duration.minutes(15) }
    }),
    // Whoever is dead would never have given it back.
    giveBack: (turn: Turn) => Effect.andThen(Effect.forkDetach(unlock), pace.giveBack(turn)),
    use: (turn: Turn) => Effect.andThen(unlock, pace.use(turn)),
    refused: (...refusal) => Effect.andThen(unlock, pace.refused(...refusal)),
  }
}

/** Mistakes that show only where more people come than Telegram takes. */
export const rushVariants: ReadonlyArray<Variant> = [
  { name: "a worker that dies blocks all others", shownBy: 3, pace: locked },
  {
    name: "two workers are given the same turns, since those of one are not written down",
    shownBy: 33,
    under: (stores) =>
      withSettings(stores, {
        swap: (swap) =>
          Effect.flatMap(stores.settings.get(swap.key), (found) =>
            isPace(swap.key) && Option.exists(found, (value) => epochOf(value) === epochOf(swap.value))
              ? Effect.succeed(true)
              : stores.settings.swap(swap),
          ),
      }),
  },
  {
    name: "each worker learns of the limit alone",
    shownBy: 3,
    over: (stores) => {
      const own = new Map<string, Parameters<Settings["swap"]>[0]["value"]>()
      return withSettings(stores, {
        get: (key) =>
          isPace(key) ? Effect.sync(() => Option.fromUndefinedOr(own.get(key))) : stores.settings.get(key),
        swap: (swap) =>
          isPace(swap.key)
            ? Effect.sync(() => own.set(swap.key, swap.value)).pipe(Effect.as(true))
            : stores.settings.swap(swap),
      })
    },
  },
  {
    name: "nobody waits for a turn",
    shownBy: 3,
    pace: (pace) => ({
      ...pace,
      take: ({ lane }) => Effect.succeed({ _tag: "Turn", at: 0, epoch: 0, lane }),
      refused: () => Effect.void,
    }),
  },
  {
    name: "who came last goes first",
    shownBy: 21,
    pace: (pace) => ({
      ...pace,
      take: (ask, waiting) => pace.take({ ...ask, arrivedAt: toIso(2 * epoch - fromIso(ask.arrivedAt)) }, waiting),
    }),
  },
  {
    name: "taps stand in line with newcomers",
    shownBy: 55,
    pace: (pace) => ({ ...pace, take: (ask, waiting) => pace.take({ ...ask, lane: "arrival" }, waiting) }),
  },
  {
    name: "a silence is over before Telegram said",
    shownBy: 19,
    pace: (pace) => ({ ...pace, refused: (turn, call) => pace.refused(turn, call, Duration.zero) }),
  },
  {
    name: "a turn is waited for beyond the worker's deadline",
    shownBy: 24,
    pace: (pace) => ({
      ...pace,
      take: (ask, waiting) => pace.take({ ...ask, patience: Duration.hours(1) }, waiting),
    }),
  },
]
