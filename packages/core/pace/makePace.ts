import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import { type Call, type Lane, type NotNow, Pace, type Turn } from "../services/Pace.ts"
import { Settings } from "../services/Settings.ts"
import { refusedBy, silentUntil } from "./cut.ts"
import { makeKnown } from "./Known.ts"
import { makeLine } from "./Line.ts"
import { makeMarks } from "./Marks.ts"
import { freeBy, isSilent, lookEvery } from "./Rate.ts"

// All in milliseconds.

/** What was refused longer than this is no matter of the rate, but forbidden for a while: one method, as long as no other is. */
const longSilence = 5 * 60_000
/** Newcomers in all hands, as turns of so long: at five a second a quarter of the turns is theirs, and twelve seconds pass. */
const enough = 3_000
/** A shorter silence would be over before all have told what was taken. */
const leastSilence = 1_500

/** Paces calls together with everybody else who names the same key. */
export const makePace = (key: string): Effect.Effect<Pace["Service"], never, Settings> =>
  Effect.gen(function* () {
    const known = yield* makeKnown(yield* Settings, key)
    const { now, own } = known
    const line = makeLine(known)
    const marks = makeMarks()
    /** Of many refusals at once, the first is told, and the others find it known. */
    const telling = Semaphore.makeUnsafe(1)
    const free = (lane: Lane, at: number): Turn => ({ _tag: "Turn", at: own(at), epoch: 0, lane })

    /** Milliseconds until the newcomers in all workers' hands have had their turns, as far as this one knows. */
    const lineBy = (at: number): number => {
      const rate = known.rate()
      if (rate === undefined) return 0
      return (Math.max(rate.ticket - freeBy(rate, at), line.newcomers()) * 1000) / rate.perSecond
    }

    /** It was made under a rate that has been given up since. That the bot went on calling may cost it a longer silence. */
    const late = Effect.fnUntraced(function* (since: number, wait: number) {
      if ((yield* now) + wait < since + lookEvery) return
      yield* known.shared((latest, at) => silentUntil(latest, at, at + wait))
    })

    const refused = Effect.fnUntraced(function* (turn: Turn, call: Call, wait: number) {
      const at = yield* now
      const rate = known.rate()
      if (rate !== undefined && turn.epoch < rate.epoch) return yield* late(rate.since, wait)
      marks.chat(at, call.chatId, wait)
      // A group is refused for what is said there, 20 times a minute.
      if (call.chatId < 0) return
      const refusal = { who: String(call.chatId), epoch: turn.epoch, silence: Math.max(leastSilence, wait) }
      // By its own clock: how far that is from the others' may be heard of only now.
      const passed = (yield* Clock.currentTimeMillis) - turn.at
      const written = yield* known.shared((latest, then) => refusedBy(latest, then, { ...refusal, at: then - passed }))
      const found = written ?? (yield* known.read)
      if (found === undefined || found.epoch === 0 || found.epoch === rate?.epoch) return
      known.adopt(found, yield* now)
      if (known.rate() !== undefined) marks.forget(call.chatId)
    })

    return Pace.of({
      take: Effect.fnUntraced(function* (ask, told = Effect.void) {
        const mark = marks.ofChat(yield* now, ask.chatId)
        if (mark > Duration.toMillis(ask.patience)) return yield* Effect.as(told, notNow(mark))
        if (mark > 0) yield* Effect.all([Effect.sleep(mark), told], { concurrency: 2 })
        yield* known.look
        const at = yield* now
        if (known.isOver(at)) known.forget()
        // A look at what the others know takes its time too, and is no limit of Telegram's.
        if (known.rate() === undefined) return after(mark, free(ask.lane, at))
        const turn = ask.lane === "tap" ? yield* line.atOnce(at) : undefined
        if (turn !== undefined) return after(mark, turn)
        const waiting = mark > 0 ? Effect.void : told
        const before = lineBy(at)
        if (before > Duration.toMillis(ask.longestLine ?? Duration.infinity)) {
          return after(mark, yield* Effect.as(waiting, notNow(before)))
        }
        const patience = Duration.subtract(ask.patience, Duration.millis(mark))
        const from = yield* Clock.currentTimeMillis
        const given = yield* line.queueUp(ask, patience, waiting)
        return after(mark + (yield* Clock.currentTimeMillis) - from, given)
      }),
      giveBack: (turn) => Effect.sync(() => line.giveBack(turn)),
      isOn: Effect.sync(() => known.rate() !== undefined),
      isGood: ({ epoch }) =>
        Effect.map(now, (at) => {
          const rate = known.rate()
          return rate === undefined || epoch === rate.epoch || !isSilent(rate, at)
        }),
      room: Effect.gen(function* () {
        for (;;) {
          if (known.rate() !== undefined) yield* known.look
          if (lineBy(yield* now) <= enough) return
          yield* Effect.sleep(lookEvery)
        }
      }),
      use: (turn) =>
        Effect.gen(function* () {
          const at = yield* Clock.currentTimeMillis
          if (turn.epoch > 0) return { ...turn, at }
          const rate = known.rate()
          if (rate !== undefined) line.addUnpaced(rate, yield* now)
          // What comes after the first refusal says nothing of what was taken before it.
          known.taken.add(at)
          return { ...turn, at }
        }),
      wait: (call) => Effect.map(now, (at) => Duration.millis(marks.ofCall(at, call))),
      refused: Effect.fnUntraced(function* (turn, call, retryAfter) {
        const wait = Duration.toMillis(retryAfter)
        if (wait > longSilence && !marks.method(yield* now, call, wait)) return
        known.taken.remove(turn.at)
        known.isRefused(turn.at)
        yield* telling.withPermit(refused(turn, call, wait))
      }),
    })
  })

const after = (waited: number, turn: Turn | NotNow): Turn | NotNow => (waited > 0 ? { ...turn, waited } : turn)
const notNow = (millis: number): NotNow => ({ _tag: "NotNow", wait: Duration.millis(millis) })
