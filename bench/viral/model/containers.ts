import { firstTurn, inTurn, patienceOf, turnsOf } from "@concierge/core/delivery/Turns.ts"
import { lastSend, lastTurn, textTimeout } from "@concierge/core/delivery/times.ts"
import * as NoMetrics from "@concierge/core/layers/NoMetrics.ts"
import { makePace } from "@concierge/core/pace/makePace.ts"
import { Pace } from "@concierge/core/services/Pace.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import type { TelegramError } from "@concierge/core/services/TelegramError.ts"
import { currentIso } from "@concierge/core/Time.ts"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import { skewed } from "../../../tests/simulator/skewed.ts"
import type { Fleet } from "./Fleet.ts"
import { type Message, updateOf } from "./Message.ts"
import { stalling } from "./stalling.ts"
import { unpaced } from "./unpaced.ts"

/**
 * Milliseconds: what is read and written of a person before a turn is asked for, and before and after the call. As much
 * more where the machine is busy, which no two records are alike.
 */
const store = { least: 15, more: 150 }
/** Milliseconds after which what a dead container had is seen again: less than in AWS, or all would wait for these few. */
const visible = 20_000

/** What is around the containers. */
export interface Around {
  readonly clock: Clock.Clock
  readonly settings: Settings["Service"]
  readonly random: () => number
  readonly queues: Readonly<Record<"tap" | "arrival", Array<Message>>>
  readonly telegram: (message: Message) => Effect.Effect<void, TelegramError>
  /** Back to the queue, to be seen after so many milliseconds. */
  readonly postpone: (message: Message, millis: number) => Effect.Effect<unknown>
  readonly isServed: (message: Message) => boolean
}

/** The bot's containers, each with its own pace, and as far as they are told a wrong clock. */
export const makeContainers = Effect.fnUntraced(function* (
  { clock, isServed, postpone, queues, random, settings, telegram }: Around,
  fleet: Fleet,
) {
  const made = fleet.isPaced ? Effect.provideService(makePace("pace"), Settings, settings) : unpaced
  const containers = yield* Effect.forEach(Array.from({ length: fleet.containers }), (_, index) =>
    Effect.map(made, (pace) => {
      const sound = skewed(clock, (index % 2) * fleet.skew)
      return {
        clock: fleet.stalls > 0 ? stalling(sound, fleet.stalls * 1000, random) : sound,
        pace,
        busy: 0,
        batches: new Set<{ readonly fiber: Fiber.Fiber<unknown>; readonly messages: ReadonlyArray<Message> }>(),
      }
    }),
  )

  const stored = Effect.suspend(() => Effect.sleep(store.least + random() * store.more))

  const workOne = Effect.fnUntraced(function* (message: Message) {
    const invocation = { startedAt: yield* currentIso }
    const turns = turnsOf(updateOf(message), invocation)
    yield* stored
    const chatId = message.person
    const later = yield* firstTurn(turns, chatId)
    if (later !== undefined) return yield* postpone(message, Duration.toMillis(later.wait))
    yield* stored
    for (;;) {
      const sending = inTurn(turns, { method: "sendMessage", chatId }, textTimeout, telegram(message))
      const wait = yield* Effect.matchEffect(sending, {
        onSuccess: () => Effect.succeed(undefined),
        onFailure: (error) =>
          Effect.succeed(
            error._tag === "TelegramError" && error.reason._tag === "RateLimited" ? error.reason.retryAfter * 1000 : 0,
          ),
      })
      if (wait === undefined) return yield* stored
      const left = Duration.toMillis(yield* patienceOf(turns, lastSend))
      if (wait >= left) return yield* postpone(message, wait + random() * 1000)
      yield* Effect.sleep(wait)
    }
  })

  const working = { tap: 0, arrival: 0 }

  /** Batches of ten to any of those who are least busy, as long as there is room: nothing says that Lambda asks the same again. */
  const dispatch: Effect.Effect<void> = Effect.gen(function* () {
    for (const lane of ["tap", "arrival"] as const) {
      for (;;) {
        const first = containers[0]
        const isPaced = first !== undefined && (yield* first.pace.isOn)
        const most = lane === "arrival" && isPaced ? fleet.inHandPaced : fleet.inHand
        if (working[lane] + 10 > most || queues[lane].length === 0) break
        const least = Math.min(...containers.map(({ busy }) => busy))
        const idle = containers.filter(({ busy }) => busy === least)
        const container = idle[Math.floor(random() * idle.length)]
        if (container === undefined) break
        const messages = queues[lane].splice(0, 10)
        const places = fleet.endsByBatch ? 10 : messages.length
        working[lane] += places
        container.busy += 1
        const ended = (many: number) =>
          Effect.suspend(() => {
            working[lane] -= many
            return dispatch
          }).pipe(Effect.provideService(Clock.Clock, clock))
        const end = Effect.suspend(() => {
          container.busy -= 1
          container.batches.delete(batch)
          return fleet.endsByBatch ? ended(places) : Effect.void
        })
        const one = (message: Message) =>
          fleet.endsByBatch ? workOne(message) : Effect.ensuring(workOne(message), ended(1))
        const room = fleet.endsByBatch && lane === "arrival" ? container.pace.room : Effect.void
        const work = Effect.forEach(messages, one, { concurrency: "unbounded" }).pipe(
          Effect.andThen(Effect.timeoutOption(room, lastTurn)),
          Effect.provideService(Pace, container.pace),
          Effect.provide(NoMetrics.layer),
          Effect.provideService(Clock.Clock, container.clock),
          Effect.ensuring(end),
        )
        const batch = { fiber: yield* Effect.forkDetach(work), messages }
        container.batches.add(batch)
      }
    }
  })

  /** Now and then one dies in the middle of its work. */
  const die = (again: (message: Message, millis: number) => Effect.Effect<unknown>) =>
    Effect.gen(function* () {
      for (;;) {
        yield* Effect.sleep(fleet.deaths * 1000)
        const container = containers[Math.floor(random() * containers.length)]
        if (container === undefined) continue
        const batches = [...container.batches]
        container.pace = yield* made
        for (const { fiber, messages } of batches) {
          fiber.interruptUnsafe()
          for (const message of messages) if (!isServed(message)) yield* again({ ...message, attempt: 1 }, visible)
        }
      }
    })

  return { dispatch, die }
})
