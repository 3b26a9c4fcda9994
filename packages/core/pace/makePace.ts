import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Latch from "effect/Latch"
import { type Ask, type Lane, type NotNow, Pace, type Turn } from "../services/Pace.ts"
import { Settings } from "../services/Settings.ts"
import { uuid } from "../uuid.ts"
import { makeMarks } from "./Marks.ts"
import {
  calm,
  freeAt,
  isSilent,
  type Rate,
  refusedBy,
  silentUntil,
  spare,
  toldBy,
  turnOf,
  withDebt,
  withTickets,
} from "./Rate.ts"
import { makeShared } from "./Shared.ts"
import { makeTaken } from "./Taken.ts"
import { makeWaiting, type Waiter } from "./Waiting.ts"

// All in milliseconds.

/** Whoever waits looks this often whether another worker was refused. */
const lookEvery = 1_000
/** Those who come at once get their tickets by one write. */
const gather = 20
/** Turns that were taken are written down after so many, or after so long: at a low rate it takes longer to be many. */
const debt = { many: 16, age: 4_000, ageTimesRate: 40_000 }
/** What was refused longer than this is no matter of the rate, but forbidden for a while. */
const longSilence = 5 * 60_000
/** A call is answered within this, as a rule. */
const answered = 700
/** A shorter silence would be over before all have told what was taken. */
const leastSilence = 1_500
/** How far a lane may be ahead of the rate, in seconds; below zero: so much must be left unused. */
const ahead = { tap: 1, reach: -0.1 }
/** After this long without anybody waiting, and a calm, nothing is paced any more. */
const waitedFor = 60_000

const free = (lane: Lane, at: number): Turn => ({ _tag: "Turn", at, epoch: 0, lane })

/** Paces calls together with everybody else who names the same key. */
export const makePace = (key: string): Effect.Effect<Pace["Service"], never, Settings> =>
  Effect.gen(function* () {
    const me = yield* uuid
    const { change, now, own, read } = makeShared(yield* Settings, key)
    const [marks, taken, waiting] = [makeMarks(), makeTaken(), makeWaiting()]
    const wake = yield* Latch.make()
    /** Undefined: nothing is paced. */
    let rate: Rate | undefined
    let leader: Waiter | undefined
    let refusedAt: number | undefined
    let [lookedAt, waitedAt, owed, owedSince] = [0, 0, 0, 0]
    let tickets: Array<number> = []

    const orWarn = <A>(effect: Effect.Effect<A, { readonly _tag: "SettingsError" }>) =>
      Effect.catchTag(effect, "SettingsError", (error) =>
        Effect.as(Effect.logWarning("the pace cannot be shared just now", { error }), undefined),
      )

    const adopt = (found: Rate, at: number): void => {
      lookedAt = at
      rate = found
    }

    /** When this worker is to tell what it had taken before a refusal: by then its calls of before are answered. */
    const tellAt = (): number =>
      rate?.cut === undefined || rate.cut.told.includes(me) ? Number.POSITIVE_INFINITY : rate.cut.at + answered

    const tell = Effect.gen(function* () {
      const at = yield* now
      if (rate?.cut === undefined || at < tellAt() || at > rate.since + waitedFor) return
      // Before its own refusal, where it had one: the others' clocks may have been heard of only since.
      const count = taken.before(refusedAt ?? own(rate.cut.at))
      refusedAt = undefined
      const written = yield* orWarn(change((latest, at) => toldBy(latest, at, me, count)))
      if (written !== undefined) adopt(written, at)
    })

    const look = Effect.gen(function* () {
      const at = yield* now
      if (rate === undefined) return
      if (at - lookedAt >= lookEvery) {
        lookedAt = at
        const found = yield* orWarn(read)
        if (found !== undefined) adopt(found, yield* now)
      }
      yield* tell
    })

    const mayGo = (rate: Rate, lane: "tap" | "reach", at: number): boolean =>
      !isSilent(rate, at) && spare(rate, at) - owed > -ahead[lane] * rate.perSecond

    const owe = (lane: Lane, at: number): Turn => {
      if (owed === 0) owedSince = at
      owed += 1
      return { _tag: "Turn", at: own(at), epoch: rate?.epoch ?? 0, lane }
    }

    const settleDebt = Effect.gen(function* () {
      const at = yield* now
      const age = Math.max(debt.age, debt.ageTimesRate / (rate?.perSecond ?? 1))
      if (owed === 0 || (owed < debt.many && at - owedSince < age)) return
      // At once, so that nobody else writes the same; what was lost on the way is not owed any more.
      const many = owed
      owed = 0
      const written = yield* orWarn(change((latest, at) => withDebt(latest, at, many)))
      if (written !== undefined) adopt(written, at)
    })

    const getTickets = Effect.gen(function* () {
      if (rate === undefined || waiting.size("arrival") <= tickets.length) return
      yield* Effect.sleep(gather)
      const many = waiting.size("arrival") - tickets.length
      if (many <= 0) return
      const written = yield* orWarn(change((latest, at) => withTickets(latest, at, many)))
      // Where nothing can be shared, it goes on as if this worker were alone.
      const then = written ?? withTickets(rate, yield* now, many)
      tickets.push(...Array.from({ length: many }, (_, index) => then.last - many + index + 1))
      adopt(then, yield* now)
    })

    const letGo = Effect.gen(function* () {
      const at = yield* now
      if (rate === undefined) return yield* waiting.releaseAll(free("arrival", own(at)))
      while (waiting.size("tap") > 0 && mayGo(rate, "tap", at)) yield* waiting.release("tap", owe("tap", at))
      for (let [ticket] = tickets; ticket !== undefined && waiting.size("arrival") > 0; [ticket] = tickets) {
        if (isSilent(rate, at) || freeAt(rate, at) - owed < ticket) break
        tickets = tickets.slice(1)
        yield* waiting.release("arrival", { _tag: "Turn", at: own(at), epoch: rate.epoch, lane: "arrival", ticket })
      }
      while (waiting.size("reach") > 0 && mayGo(rate, "reach", at)) yield* waiting.release("reach", owe("reach", at))
      if (waiting.isEmpty()) tickets = tickets.filter((ticket) => rate !== undefined && freeAt(rate, at) < ticket + 10)
    })

    const untilNext = Effect.map(now, (at) => {
      if (rate === undefined) return 0
      const [ticket] = tickets
      const next = waiting.size("arrival") > 0 && ticket !== undefined ? turnOf(rate, ticket + owed) - at : lookEvery
      const one = 1_000 / rate.perSecond
      const silent = Math.max(0, rate.since - at)
      const soonest = waiting.size("tap") > 0 ? Math.min(next, one) : next
      return Math.min(lookEvery, Math.max(5, tellAt() - at), Math.max(5, Math.ceil(Math.max(silent, soonest))))
    })

    const step = Effect.gen(function* () {
      yield* wake.close
      yield* look
      yield* settleDebt
      yield* getTickets
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

    const queueUp = Effect.fnUntraced(function* (
      { arrivedAt, lane, patience }: Ask,
      told: Effect.Effect<void>,
    ): Effect.fn.Return<Turn | NotNow> {
      const waiter: Waiter = { arrivedAt, turn: yield* Deferred.make<Turn>(), lead: yield* Deferred.make<void>() }
      waiting.join(lane, waiter)
      wake.openUnsafe()
      waitedAt = yield* now
      const waited = lead(waiter).pipe(Effect.timeoutOption(patience), Effect.ensuring(leave(lane, waiter)))
      const [turn] = yield* Effect.all([waited, told], { concurrency: 2 })
      if (turn._tag === "Some") return turn.value
      return notNow((rate?.since ?? 0) - (yield* now))
    })

    return Pace.of({
      take: Effect.fnUntraced(function* (ask, told = Effect.void) {
        const at = yield* now
        const mark = marks.ofChat(at, ask.chatId)
        if (mark > Duration.toMillis(ask.patience)) return notNow(mark)
        if (mark > 0) yield* Effect.all([Effect.sleep(mark), told], { concurrency: 2 })
        if (rate === undefined) return free(ask.lane, own(at + mark))
        yield* look
        if (at - waitedAt > waitedFor && at - rate.since > calm) {
          rate = undefined
          return free(ask.lane, own(at + mark))
        }
        const then = yield* now
        if (ask.lane === "tap" && waiting.size("tap") === 0 && mayGo(rate, "tap", then)) {
          yield* settleDebt
          return owe("tap", then)
        }
        const patience = Duration.subtract(ask.patience, Duration.millis(mark))
        return yield* queueUp({ ...ask, patience }, mark > 0 ? Effect.void : told)
      }),
      giveBack: (turn) =>
        Effect.sync(() => {
          if (turn.ticket !== undefined) tickets = [turn.ticket, ...tickets]
          else if (turn.epoch > 0) owed = Math.max(0, owed - 1)
          wake.openUnsafe()
        }),
      isOn: Effect.sync(() => rate !== undefined),
      taken: (turn) => Effect.sync(() => taken.add(turn.at)),
      wait: (call) => Effect.map(now, (at) => Duration.millis(marks.ofCall(at, call))),
      refused: Effect.fnUntraced(function* (turn, call, retryAfter) {
        const at = yield* now
        const wait = Duration.toMillis(retryAfter)
        if (wait > longSilence) return marks.method(at, call, wait)
        refusedAt ??= turn.at
        // It was made under a rate that has been given up since. That the bot went on calling may cost it a longer silence.
        if (rate !== undefined && turn.epoch < rate.epoch) {
          if (at + wait < rate.since + lookEvery) return
          const written = yield* orWarn(change((latest, now) => silentUntil(latest, now, now + wait)))
          if (written !== undefined) adopt(written, at)
          return
        }
        if (turn.ticket !== undefined) tickets = [turn.ticket, ...tickets]
        marks.chat(at, call.chatId, wait)
        const refusal = { who: String(call.chatId), epoch: turn.epoch, silence: Math.max(leastSilence, wait) }
        const written = yield* orWarn(change((latest, now) => refusedBy(latest, now, refusal)))
        const found = written ?? (yield* orWarn(read))
        if (found === undefined || found.epoch === 0 || found.epoch === rate?.epoch) return
        if (found.suspect !== undefined && written !== undefined) return
        marks.forget(call.chatId)
        adopt(found, yield* now)
      }),
    })
  })

const notNow = (millis: number): NotNow => ({ _tag: "NotNow", wait: Duration.millis(Math.max(0, millis)) })
