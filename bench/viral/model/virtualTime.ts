import * as Cause from "effect/Cause"
import type * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scheduler from "effect/Scheduler"

/** When everything begins: 12:00 UTC. Milliseconds since 1970. */
export const epoch = Date.UTC(2026, 2, 4, 12)

interface Sleeper {
  readonly at: number
  readonly order: number
  readonly wake: () => void
}

/**
 * Runs what waits for nothing but time: no time passes but what is slept, and an hour takes seconds. The clock is a
 * parameter, since a container's may be wrong.
 */
export const inVirtualTime = <A, E>(effectOf: (clock: Clock.Clock) => Effect.Effect<A, E>): A => {
  const tasks: Array<() => void> = []
  const sleepers = makeHeap()
  let [now, order] = [epoch, 0]
  const clock: Clock.Clock = {
    currentTimeMillisUnsafe: () => now,
    currentTimeMillis: Effect.sync(() => now),
    currentTimeNanosUnsafe: () => BigInt(Math.round(now * 1e6)),
    currentTimeNanos: Effect.sync(() => BigInt(Math.round(now * 1e6))),
    monotonicTimeNanosUnsafe: () => BigInt(Math.round(now * 1e6)),
    monotonicTimeNanos: Effect.sync(() => BigInt(Math.round(now * 1e6))),
    sleep: (duration) =>
      Effect.callback((resume) => {
        const sleeper = { at: now + Duration.toMillis(duration), order: order++, wake: () => resume(Effect.void) }
        sleepers.push(sleeper)
      }),
  }
  const scheduler = new Scheduler.MixedScheduler("async", (task) => {
    tasks.push(task)
    return () => {}
  })
  const fiber = Effect.runFork(Effect.provideService(effectOf(clock), Scheduler.Scheduler, scheduler), { scheduler })
  for (;;) {
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) task()
    const exit = fiber.pollUnsafe()
    if (exit !== undefined) {
      if (Exit.isSuccess(exit)) return exit.value
      throw Cause.squash(exit.cause)
    }
    const next = sleepers.pop()
    if (next === undefined) throw new Error("everybody waits, and for nothing")
    now = Math.max(now, next.at)
    next.wake()
  }
}

const makeHeap = () => {
  const heap: Array<Sleeper> = []
  const isBefore = (one: number, other: number): boolean => {
    const [a, b] = [heap[one], heap[other]]
    if (a === undefined || b === undefined) return a !== undefined
    return a.at < b.at || (a.at === b.at && a.order < b.order)
  }
  const swap = (one: number, other: number): void => {
    const [a, b] = [heap[one], heap[other]]
    if (a === undefined || b === undefined) return
    heap[one] = b
    heap[other] = a
  }
  return {
    push: (sleeper: Sleeper): void => {
      heap.push(sleeper)
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1
        if (!isBefore(at, parent)) return
        swap(at, parent)
        at = parent
      }
    },
    pop: (): Sleeper | undefined => {
      swap(0, heap.length - 1)
      const first = heap.pop()
      for (let at = 0; ; ) {
        const [left, right] = [2 * at + 1, 2 * at + 2]
        const least = right < heap.length && isBefore(right, left) ? right : left
        if (least >= heap.length || !isBefore(least, at)) return first
        swap(at, least)
        at = least
      }
    },
  }
}
