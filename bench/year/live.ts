import { processBatch } from "@concierge/core/delivery/batch.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { currentIso, toIso } from "@concierge/core/Time.ts"
import { LocalQueue } from "@concierge/local/queue/LocalQueue.ts"
import { expire } from "@concierge/local/store/expire.ts"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { startUpdate, tapUpdate } from "../local/update.ts"

const yearMillis = 365 * 24 * 3_600_000
/** Come at a time, so that they share the disk: what is measured is what is kept, and not how fast. */
const batch = 100

export interface Month {
  /** From 1. */
  readonly month: number
  readonly worked: number
}

export interface YearOptions {
  readonly updates: number
  /** Who come back all year long: of somebody there is one record, however much they do. */
  readonly people: number
  /** At the end of each month. */
  readonly onMonth: (month: Month) => Effect.Effect<void>
}

/** A clock that is moved on by hand; who sleeps is waited for in real time, but for the pauses between bites. */
const movedClock = (real: Clock.Clock, ahead: () => number, sleep: Clock.Clock["sleep"]): Clock.Clock => {
  const millis = () => real.currentTimeMillisUnsafe() + ahead()
  const nanos = () => real.currentTimeNanosUnsafe() + BigInt(ahead()) * 1_000_000n
  return {
    currentTimeMillisUnsafe: millis,
    currentTimeMillis: Effect.sync(millis),
    currentTimeNanosUnsafe: nanos,
    currentTimeNanos: Effect.sync(nanos),
    monotonicTimeNanosUnsafe: () => real.monotonicTimeNanosUnsafe(),
    monotonicTimeNanos: real.monotonicTimeNanos,
    sleep,
  }
}

const bodyOf = (id: number, person: number): string => {
  const turn = Math.floor(id / 7) % 4
  return turn === 0
    ? startUpdate(id, person)
    : tapUpdate(id, person, ["watch_video", "play_audio", "finish"][turn - 1] ?? "")
}

/** A year of a small brand: so many updates, evenly spread, worked and expired as the host does it. */
export const live = Effect.fnUntraced(function* ({ onMonth, people, updates }: YearOptions) {
  const [queue, local] = [yield* UpdateQueue, yield* LocalQueue]
  const real = yield* Clock.clockWith(Effect.succeed)
  let moved = 0
  const clock = movedClock(
    real,
    () => moved,
    (duration) => real.sleep(duration),
  )
  const hurried = movedClock(
    real,
    () => moved,
    () => Effect.yieldNow,
  )
  const step = (yearMillis / updates) * batch
  let [hour, month] = [0, 1]
  const turn = Effect.gen(function* () {
    const at = yield* currentIso
    const send = (i: number) => {
      const id = Math.round(moved / (yearMillis / updates)) + i + 1
      const person = 1 + ((id * 7_919) % people)
      const body = bodyOf(id, person)
      const kind = body.includes("callback_query") ? "callback_query" : "message"
      const attributes = { updateId: id, kind, receivedAt: at, correlationId: "year", attempt: 0 }
      return queue.send({ body, group: String(1_000_000_000 + person), attributes })
    }
    const indexes = Array.from({ length: batch }, (_, i) => i)
    yield* Effect.forEach(indexes, send, { concurrency: "unbounded", discard: true })
    for (let records = yield* local.receive(batch); records.length > 0; records = yield* local.receive(batch)) {
      const failed = new Set(yield* processBatch(records))
      yield* local.acknowledge(records.map(({ id }) => id).filter((id) => !failed.has(id)))
    }
  })
  for (let worked = batch; worked <= updates; worked += batch) {
    yield* Effect.provideService(turn, Clock.Clock, clock)
    moved = Math.round(worked * (yearMillis / updates))
    if (moved >= (hour + 1) * 3_600_000) {
      hour = Math.floor(moved / 3_600_000)
      yield* Effect.provideService(expire, Clock.Clock, hurried)
    }
    if (moved >= (month * yearMillis) / 12 - step) {
      yield* onMonth({ month, worked })
      month += 1
    }
  }
  return toIso(real.currentTimeMillisUnsafe() + moved)
})
