import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Latch from "effect/Latch"
import type { Ask, Lane, NotNow, Turn } from "../services/Pace.ts"
import { probed } from "./cut.ts"
import { makeHand } from "./Hand.ts"
import type { Known } from "./Known.ts"
import { leased, waitOf } from "./lease.ts"
import { lookEvery, type Rate } from "./Rate.ts"
import { makeWaiting, type Waiter } from "./Waiting.ts"

// All in milliseconds.

/**
 * Those who come within this get their turns by one write. Who will have to wait in any case loses nothing by asking later,
 * for half of that wait, up to `most`.
 */
const gather = { least: 20, most: 500 }
const lanes = ["tap", "arrival", "reach"] as const

/** Those who wait in this worker, and the turns that it has for them. */
export const makeLine = (known: Known) => {
  const { now, own, shared } = known
  const waiting = makeWaiting()
  const hand = makeHand(known.me)
  const wake = Latch.makeUnsafe()
  let leader: Waiter | undefined
  let isAsking = false

  const begin = (rate: Rate, at: number): void => hand.begin(rate, at, (moment) => known.taken.after(own(moment)))

  const wishOf = Effect.gen(function* () {
    const rate = known.rate()
    if (rate === undefined) return undefined
    const at = yield* now
    begin(rate, at)
    return hand.wish(rate, at, waiting.sizes())
  })

  /** What all want who have come by the time at which it is asked for. */
  const gathered = Effect.gen(function* () {
    for (let passed = gather.least; ; passed += gather.least) {
      yield* Effect.sleep(gather.least)
      const wish = yield* wishOf
      const rate = known.rate()
      if (wish === undefined || rate === undefined || passed >= gather.most) return wish
      const at = yield* now
      if (passed >= waitOf(leased(rate, at, known.me, wish), at) / 2) return wish
    }
  })

  const ask = Effect.gen(function* () {
    const wish = yield* gathered
    const rate = known.rate()
    if (wish === undefined || rate === undefined) return
    let asked = wish
    let got = leased(rate, yield* now, known.me, asked)
    const written = yield* shared((latest, at) => {
      // What went before a silence that this worker did not know of, Telegram has made up for.
      asked = latest.epoch === rate.epoch ? wish : { ...wish, gone: 0, unpaced: 0, reach: 0 }
      got = leased(probed(latest, at), at, known.me, asked)
      return got.rate
    })
    // Where nothing can be shared, it goes on as if this worker were alone.
    if (written === undefined) known.adopt(got.rate, yield* now)
    begin(got.rate, yield* now)
    hand.take(asked, got)
  })

  /**
   * Beside all else: those whose turns come meanwhile go on, and whoever gives up loses nobody's turns. One at a time: what
   * is asked for twice is had twice.
   */
  const lease = Effect.gen(function* () {
    if (isAsking || (yield* wishOf) === undefined) return
    isAsking = true
    const asked = Effect.sync(() => {
      isAsking = false
      wake.openUnsafe()
    })
    yield* Effect.forkDetach(Effect.ensuring(ask, asked))
  })

  const letGo = Effect.gen(function* () {
    const at = yield* now
    const rate = known.rate()
    if (rate === undefined) return yield* waiting.releaseAll((lane) => ({ _tag: "Turn", at: own(at), epoch: 0, lane }))
    begin(rate, at)
    for (const lane of lanes) {
      while (waiting.size(lane) > 0) {
        const turn = hand.use(rate, lane, at)
        if (turn === undefined) break
        yield* waiting.release(lane, { ...turn, at: own(at) })
      }
    }
  })

  const untilNext = Effect.map(now, (at) => {
    const rate = known.rate()
    if (rate === undefined) return 0
    const times = lanes.filter((lane) => waiting.size(lane) > 0).map((lane) => hand.next(rate, lane, at))
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
    /** A tap's turn, where it need not wait behind others. It is counted beside the tap's own work. */
    atOnce: Effect.fnUntraced(function* (at: number) {
      const rate = known.rate()
      if (rate === undefined || waiting.size("tap") > 0) return undefined
      begin(rate, at)
      const turn = hand.use(rate, "tap", at) ?? hand.unasked(rate, at)
      if (turn === undefined) return undefined
      yield* lease
      return { ...turn, at: own(at) }
    }),
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
    /** A call is made without a turn. */
    addUnpaced: (rate: Rate, at: number): void => {
      begin(rate, at)
      hand.addUnpaced()
    },
    /** How many wait here. */
    newcomers: () => waiting.size("arrival"),
    giveBack: (turn: Turn): void => {
      if (turn.epoch > 0) hand.giveBack(turn)
      wake.openUnsafe()
    },
  }
}
