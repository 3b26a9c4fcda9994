import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { note } from "../observe/Facts.ts"
import { Metrics } from "../services/Metrics.ts"
import { type Call, type Lane, type NotNow, Pace, type Turn } from "../services/Pace.ts"
import { RateLimited, TelegramError } from "../services/TelegramError.ts"
import { isTap, type QueuedUpdate } from "../services/UpdateQueue.ts"
import { currentIso, type Iso, millisBetween, plus } from "../Time.ts"
import { type Invocation, inTime } from "./Invocation.ts"
import { lastSend, lastTurn } from "./times.ts"

/** The turns of one record: what it waits for in hand, before anything of it is written down. */
export interface Turns {
  readonly lane: Lane
  readonly arrivedAt: Iso
  readonly invocation: Invocation
  /** Not used yet. */
  turn: Turn | undefined
  /** For how long Telegram's own limit has made the update wait, this attempt and those before. */
  limitedMs: number
}

export const turnsOf = ({ attributes }: QueuedUpdate, invocation: Invocation): Turns => ({
  lane: isTap(attributes) ? "tap" : "arrival",
  arrivedAt: attributes.receivedAt,
  invocation,
  turn: undefined,
  limitedMs: attributes.limitedMs ?? 0,
})

/** How long ago the update came. */
export const ageOf = ({ arrivedAt }: Turns) =>
  Effect.map(currentIso, (now) => Duration.millis(Math.max(0, millisBetween(arrivedAt, now))))

/** Counts a wait that Telegram's limit has imposed on the update. */
export const waited = Effect.fnUntraced(function* (turns: Turns, millis: number) {
  if (millis <= 0) return
  turns.limitedMs += millis
  yield* note({ limitedMs: turns.limitedMs })
  yield* (yield* Metrics).record("LimitWaits", millis)
})

/** Waits for the record's first turn. Else: when to come again. `waiting` is run once if it has to wait. */
export const firstTurn = Effect.fnUntraced(function* (turns: Turns, chatId: number, waiting?: Effect.Effect<void>) {
  const queued = millisBetween(turns.arrivedAt, yield* currentIso) - turns.limitedMs
  const turn = yield* take(turns, chatId, lastTurn, waiting)
  // Behind others who wait for turns it has stood in the queue for the same reason.
  if (queued > 0 && (yield* (yield* Pace).isOn)) {
    turns.limitedMs += queued
    yield* note({ limitedMs: turns.limitedMs })
  }
  if (turn._tag === "NotNow") return turn
  turns.turn = turn
  return undefined
})

/** What was waited for and not needed goes to somebody else. */
export const giveBack = Effect.fnUntraced(function* (turns: Turns) {
  const { turn } = turns
  if (turn === undefined) return
  turns.turn = undefined
  yield* (yield* Pace).giveBack(turn)
})

/** One call in its turn, and not too late for an answer that takes as long as the time-out. What is refused for its rate tells everybody. */
export const inTurn = Effect.fnUntraced(function* <A, R>(
  turns: Turns,
  call: Call,
  timeout: Duration.Duration,
  calling: Effect.Effect<A, TelegramError, R>,
) {
  const pace = yield* Pace
  const left = yield* pace.wait(call)
  if (!Duration.isZero(left)) return yield* limited(call, left)
  if (turns.turn !== undefined && !(yield* pace.isGood(turns.turn))) yield* giveBack(turns)
  const turn = turns.turn ?? (yield* take(turns, call.chatId, lastSend))
  turns.turn = undefined
  if (turn._tag === "NotNow") return yield* limited(call, turn.wait)
  yield* Effect.onError(inTime(turns.invocation, timeout), () => pace.giveBack(turn))
  const used = yield* pace.use(turn)
  return yield* Effect.tapError(calling, ({ reason }) =>
    reason._tag === "RateLimited" ? refused(used, call, Duration.seconds(reason.retryAfter)) : Effect.void,
  )
})

/** How long it can be waited for in hand. */
export const patienceOf = Effect.fnUntraced(function* ({ invocation }: Turns, last: Duration.Duration) {
  return Duration.millis(Math.max(0, millisBetween(yield* currentIso, plus(invocation.startedAt, last))))
})

const take = Effect.fnUntraced(function* (
  turns: Turns,
  chatId: number,
  last: Duration.Duration,
  waiting?: Effect.Effect<void>,
): Effect.fn.Return<Turn | NotNow, never, Pace | Metrics> {
  const pace = yield* Pace
  const { arrivedAt, lane } = turns
  const turn = yield* pace.take({ chatId, lane, arrivedAt, patience: yield* patienceOf(turns, last) }, waiting)
  yield* waited(turns, turn.waited ?? 0)
  return turn
})

const refused = Effect.fnUntraced(function* (turn: Turn, call: Call, wait: Duration.Duration) {
  yield* (yield* Metrics).count("LimitedSends")
  yield* (yield* Pace).refused(turn, call, wait)
})

const limited = ({ method }: Call, wait: Duration.Duration) =>
  Effect.fail(new TelegramError({ method, reason: new RateLimited({ retryAfter: Duration.toSeconds(wait) }) }))
