import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import type { Settings } from "../services/Settings.ts"
import { uuid } from "../uuid.ts"
import { calm, toldBy } from "./cut.ts"
import { lookEvery, type Rate } from "./Rate.ts"
import { makeShared } from "./Shared.ts"
import { makeTaken } from "./Taken.ts"

// All in milliseconds.

/** A worker that is not paced looks after so many calls, and no more often. */
const busy = 5
/** A call that is refused is answered within this, as a rule. */
const answered = 700
/** What was taken before a refusal is told within this, or never. */
const toldWithin = 60_000
/** After this long without anybody waiting, and a calm, nothing is paced any more. */
const waitedFor = 60_000

/** The rate as far as this worker knows it; undefined while nothing is paced. */
export const makeKnown = Effect.fnUntraced(function* (settings: Settings["Service"], key: string) {
  const me = yield* uuid
  const { change, now, own, read } = makeShared(settings, key)
  const taken = makeTaken()
  let rate: Rate | undefined
  let refusedAt: number | undefined
  let [lookedAt, waitedAt, calls, hasLooked] = [Number.NEGATIVE_INFINITY, 0, 0, false]
  const looking = Semaphore.makeUnsafe(1)

  const orWarn = <A>(effect: Effect.Effect<A, { readonly _tag: "SettingsError" }>) =>
    Effect.catchTag(effect, "SettingsError", (error) =>
      Effect.as(Effect.logWarning("the pace cannot be shared just now", { error }), undefined),
    )

  /** One chat's refusal is no rate yet, and makes none of one that is over. */
  const adopt = (found: Rate, at: number): void => {
    if (found.epoch === 0 || (rate === undefined && at - found.since > calm)) return
    lookedAt = at
    waitedAt = Math.max(waitedAt, found.at)
    rate = found
  }

  /** Changes it for all. Where nothing can be shared, this worker goes on as if it were alone. */
  const shared = Effect.fnUntraced(function* (to: (rate: Rate, now: number) => Rate | undefined) {
    const written = yield* orWarn(change((latest, at) => to(latest, at)))
    if (written !== undefined) adopt(written, yield* now)
    return written
  })

  /** When this worker is to tell what it had taken before the first refusal: by then its calls of before are answered. */
  const tellAt = (): number =>
    rate?.cut === undefined || rate.cut.told.includes(me) ? Number.POSITIVE_INFINITY : rate.cut.at + answered

  const tell = Effect.gen(function* () {
    const at = yield* now
    if (rate?.cut === undefined || at < tellAt() || at > rate.since + toldWithin) return
    // Before its own refusal, where it had one: the others' clock may have been heard of only since.
    const count = taken.before(refusedAt ?? taken.lastBefore(own(rate.cut.at)), refusedAt !== undefined)
    refusedAt = undefined
    yield* shared((latest, at) => toldBy(latest, at, me, count))
  })

  const lookNow = Effect.gen(function* () {
    lookedAt = yield* now
    const found = yield* orWarn(read)
    const at = yield* now
    if (found !== undefined && (rate !== undefined || at - found.since < waitedFor)) adopt(found, at)
  })

  /** All of a new worker's first batch wait for its first look. */
  const firstLook = looking.withPermit(
    Effect.gen(function* () {
      if (hasLooked) return
      yield* lookNow
      hasLooked = true
    }),
  )

  /** Whoever is not paced looks when it is new, and then only while it calls so often that others may be refused. */
  const look = Effect.gen(function* () {
    if (!hasLooked) return yield* firstLook
    const isNew = (yield* now) - lookedAt >= lookEvery
    if (rate !== undefined) {
      if (isNew) yield* lookNow
      return yield* tell
    }
    calls += 1
    if (!isNew || calls < busy) return
    calls = 0
    yield* Effect.forkDetach(lookNow)
  })

  return {
    me: me.slice(0, 6),
    now,
    own,
    taken,
    rate: () => rate,
    look,
    tellAt,
    shared,
    read: orWarn(read),
    adopt,
    waits: (at: number): void => {
      waitedAt = at
    },
    isRefused: (at: number): void => {
      refusedAt ??= at
    },
    /** Nobody has waited for long, and nobody was refused. */
    isOver: (at: number): boolean => rate !== undefined && at - waitedAt > waitedFor && at - rate.since > calm,
    forget: (): void => {
      rate = undefined
    },
  }
})
export type Known = Effect.Success<ReturnType<typeof makeKnown>>
