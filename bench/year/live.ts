import { processBatch } from "@concierge/core/delivery/batch.ts"
import { receiveUpdate } from "@concierge/core/delivery/receive.ts"
import { UpdateQueue } from "@concierge/core/services/UpdateQueue.ts"
import { currentIso } from "@concierge/core/Time.ts"
import { LocalQueue } from "@concierge/local/queue/LocalQueue.ts"
import { expire } from "@concierge/local/store/expire.ts"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { bodyOf } from "./updates.ts"
import { secret } from "./world.ts"

const yearMillis = 365 * 24 * 3_600_000
/** Come at a time, so that they share the disk: what is measured is what is kept, and not how fast. */
const batch = 250
/** Each of so many comes twice, as Telegram does when it has not heard an answer. */
const repeated = 50

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

const utf8 = new TextEncoder()

/** Through the webhook's program, as it comes. */
const arrives = (body: string) =>
  Effect.flatMap(
    receiveUpdate({
      method: "POST",
      header: (name) => (name === "x-telegram-bot-api-secret-token" ? secret : undefined),
      body: Effect.succeed(utf8.encode(body)),
      correlationId: "year",
    }),
    ({ body, status }) =>
      status === 200 ? Effect.void : Effect.die(new Error(`the webhook answered ${status}: ${body}`)),
  )

/** What no program of ours would write, for the dead letters: it fails as often as it may, and dies. */
const deadly = Effect.fnUntraced(function* (updateId: number) {
  const receivedAt = yield* currentIso
  const attributes = { updateId, kind: "message", receivedAt, correlationId: "year", attempt: 0 }
  yield* (yield* UpdateQueue).send({ body: "not an update", group: "0", attributes })
})

/**
 * A year of a small brand: so many updates, evenly spread, worked and expired as the host does it. Gives the moment at
 * which it ends, in milliseconds.
 */
export const live = Effect.fnUntraced(function* ({ onMonth, people, updates }: YearOptions) {
  const local = yield* LocalQueue
  const real = yield* Clock.clockWith(Effect.succeed)
  let moved = 0
  const ahead = () => moved
  const clock = movedClock(real, ahead, (duration) => real.sleep(duration))
  const hurried = movedClock(real, ahead, () => Effect.yieldNow)
  let [hour, month] = [0, 1]
  const work = Effect.gen(function* () {
    for (let records = yield* local.receive(batch); records.length > 0; records = yield* local.receive(batch)) {
      const failed = new Set(yield* processBatch(records))
      yield* local.acknowledge(records.map(({ id }) => id).filter((id) => !failed.has(id)))
    }
  })
  const turn = Effect.fnUntraced(function* (after: number) {
    const ids = Array.from({ length: batch }, (_, index) => after + index + 1)
    const date = Math.floor((yield* Clock.currentTimeMillis) / 1000)
    const bodies = ids.map((id) => bodyOf(id, people, date))
    yield* Effect.forEach(bodies, arrives, { concurrency: "unbounded", discard: true })
    if (after % 10_000 === 0) yield* deadly(updates + after)
    yield* work
    yield* Effect.forEach(
      bodies.filter((_, index) => index % repeated === 0),
      arrives,
      { concurrency: "unbounded", discard: true },
    )
    yield* work
  })
  for (let worked = 0; worked < updates; ) {
    yield* Effect.provideService(turn(worked), Clock.Clock, clock)
    worked += batch
    moved = Math.round(worked * (yearMillis / updates))
    if (moved >= (hour + 1) * 3_600_000) {
      hour = Math.floor(moved / 3_600_000)
      yield* Effect.provideService(expire, Clock.Clock, hurried)
    }
    if (moved >= (month * yearMillis) / 12 || worked >= updates) {
      yield* onMonth({ month, worked })
      month += 1
    }
  }
  return real.currentTimeMillisUnsafe() + moved
})
