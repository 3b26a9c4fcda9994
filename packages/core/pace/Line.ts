import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Latch from "effect/Latch"
import type { Ask, Lane, NotNow, Turn } from "../services/Pace.ts"
import { probed } from "./cut.ts"
import type { Known } from "./Known.ts"
import { lookEvery } from "./Known.ts"
import { comeBy, isAwaited, isSilent, leased, notice, placeOf, type Rate, timeOf } from "./Rate.ts"
import { makeWaiting, type Waiter } from "./Waiting.ts"

// All in milliseconds.

/** Those who come at once get their turns by one write. */
const gather = 20
/** Taps are expected to come as in so many milliseconds before, and get their turns by one write: as many as come in so many seconds. */
const expect = { within: 4_000, most: 0.4 }
/** A turn that nobody has used for so long is lost: used with others it would be too many at once. */
const stale = 500

/** Those who wait in this worker, and the turns that it has for them. */
export const makeLine = (known: Known) => {
  const { now, own, shared } = known
  const waiting = makeWaiting()
  const wake = Latch.makeUnsafe()
  let leader: Waiter | undefined
  /** Places of turns for taps and for what nobody has asked for; newcomers' tickets. In order. */
  const hand: Record<Lane, Array<number>> = { tap: [], arrival: [], reach: [] }
  /** Those of the taps' places that were given to taps that waited. */
  let asked: ReadonlyArray<number> = []
  let gone: Array<number> = []
  let epoch = 0

  const place = (rate: Rate, lane: Lane): number | undefined => {
    const [first] = hand[lane]
    return first === undefined || lane !== "arrival" ? first : placeOf(rate, first)
  }

  /** A lane's next turn, if it has come. */
  const use = (rate: Rate, lane: Lane, at: number): Turn | undefined => {
    if (isSilent(rate, at) || (place(rate, lane) ?? Number.POSITIVE_INFINITY) > comeBy(rate, at)) return undefined
    if (lane === "tap") gone.push(at)
    return { _tag: "Turn", at: own(at), epoch: rate.epoch, lane, place: hand[lane].shift() }
  }

  const wishOf = (rate: Rate, at: number) => {
    // With one that was not asked for and comes later, another is asked for.
    const soon = comeBy(rate, at + notice)
    asked = asked.filter((turn) => hand.tap.includes(turn))
    const ready = hand.tap.filter((turn) => turn <= soon || asked.includes(turn)).length
    const taps = Math.max(0, waiting.size("tap") - ready)
    const newcomers = Math.max(0, waiting.size("arrival") - hand.arrival.length)
    const hasRoom = !isAwaited(rate, at) && rate.nextTap <= soon
    const free = hasRoom ? Math.ceil(rate.perSecond / 2) : 0
    const reach = Math.max(0, Math.min(free, waiting.size("reach") - hand.reach.length))
    gone = gone.filter((then) => then > at - expect.within)
    const expected = Math.min(gone.length, Math.floor(rate.perSecond * expect.most)) - hand.tap.length
    return { taps, newcomers, reach, expected: Math.max(0, expected) }
  }

  const lease = Effect.gen(function* () {
    const rate = known.rate()
    if (rate === undefined) return
    const is = (wish: ReturnType<typeof wishOf>) => wish.taps + wish.newcomers + wish.reach > 0
    if (!is(wishOf(rate, yield* now))) return
    yield* Effect.sleep(gather)
    const wish = wishOf(known.rate() ?? rate, yield* now)
    if (!is(wish)) return
    const all = { ...wish, taps: wish.taps + wish.reach }
    let got = leased(rate, rate.at, all)
    const written = yield* shared((latest, at) => {
      got = leased(probed(latest, at), at, all)
      return got.rate
    })
    // Where nothing can be shared, it goes on as if this worker were alone.
    if (written === undefined) {
      const at = yield* now
      got = leased(rate, at, all)
      known.adopt({ ...got.rate, at }, at)
    }
    const places = [...got.taps]
    asked = [...asked, ...places.slice(0, wish.taps)]
    hand.tap.push(...places.splice(0, wish.taps))
    hand.reach.push(...places.splice(0, wish.reach))
    hand.tap = [...hand.tap, ...places].toSorted((one, other) => one - other)
    hand.arrival.push(...got.tickets)
  })

  const letGo = Effect.gen(function* () {
    const at = yield* now
    const rate = known.rate()
    // After a silence everybody who has one from before would use it at once.
    if (rate !== undefined && rate.epoch !== epoch) {
      epoch = rate.epoch
      hand.tap = hand.tap.filter((turn) => turn >= rate.come)
    }
    if (rate === undefined) return yield* waiting.releaseAll((lane) => ({ _tag: "Turn", at: own(at), epoch: 0, lane }))
    for (const lane of ["tap", "arrival", "reach"] as const) {
      const lost = comeBy(rate, at) - (rate.perSecond * stale) / 1000
      while ((place(rate, lane) ?? lost) < lost) hand[lane].shift()
      while (waiting.size(lane) > 0) {
        const turn = use(rate, lane, at)
        if (turn === undefined) break
        yield* waiting.release(lane, turn)
      }
    }
  })

  const untilNext = Effect.map(now, (at) => {
    const rate = known.rate()
    if (rate === undefined) return 0
    const times = (["tap", "arrival", "reach"] as const)
      .filter((lane) => waiting.size(lane) > 0)
      .map((lane) => timeOf(rate, place(rate, lane) ?? Number.POSITIVE_INFINITY))
    const next = Math.min(known.tellAt(), ...times, at + lookEvery)
    return Math.max(5, Math.ceil(next - at))
  })

  const step = Effect.gen(function* () {
    yield* wake.close
    yield* known.look
    yield* lease
    yield* letGo
  })

  /** One of those who wait works for all of them, so that nothing goes on where nobody waits, as between invocations. */
  const lead = Effect.fnUntraced(function* (waiter: Waiter) {
    leader ??= waiter
    if (leader !== waiter) yield* Effect.raceFirst(Deferred.await(waiter.turn), Deferred.await(waiter.lead))
    while (leader === waiter && !Deferred.isDoneUnsafe(waiter.turn)) {
      yield* step
      const sleep = Effect.sleep(yield* untilNext)
      yield* Effect.raceAllFirst([Deferred.await(waiter.turn), wake.await, sleep])
    }
    return yield* Deferred.await(waiter.turn)
  })

  const leave = (lane: Lane, waiter: Waiter) =>
    Effect.sync(() => {
      waiting.leave(lane, waiter)
      if (leader !== waiter) return
      leader = waiting.first()
      if (leader !== undefined) Deferred.doneUnsafe(leader.lead, Effect.void)
    })

  return {
    /** A turn that has come already, for somebody who needs not wait behind others. */
    atOnce: (lane: Lane, at: number): Turn | undefined => {
      const rate = known.rate()
      return rate === undefined || waiting.size(lane) > 0 ? undefined : use(rate, lane, at)
    },
    queueUp: Effect.fnUntraced(function* (
      { arrivedAt, lane }: Ask,
      patience: Duration.Duration,
      told: Effect.Effect<void>,
    ): Effect.fn.Return<Turn | NotNow> {
      const waiter: Waiter = { arrivedAt, turn: yield* Deferred.make<Turn>(), lead: yield* Deferred.make<void>() }
      waiting.join(lane, waiter)
      wake.openUnsafe()
      known.waits(yield* now)
      const waited = lead(waiter).pipe(Effect.timeoutOption(patience), Effect.ensuring(leave(lane, waiter)))
      const [turn] = yield* Effect.all([waited, told], { concurrency: 2 })
      if (turn._tag === "Some") return turn.value
      const silent = (known.rate()?.since ?? 0) - (yield* now)
      return { _tag: "NotNow", wait: Duration.millis(Math.max(0, silent)) }
    }),
    giveBack: ({ lane, place }: Turn): void => {
      if (place === undefined) return
      hand[lane] = [place, ...hand[lane]].toSorted((one, other) => one - other)
      wake.openUnsafe()
    },
  }
}
