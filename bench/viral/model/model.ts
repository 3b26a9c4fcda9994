import { firstTurn, inTurn, patienceOf, turnsOf } from "@concierge/core/delivery/Turns.ts"
import { lastSend, textTimeout } from "@concierge/core/delivery/times.ts"
import * as NoMetrics from "@concierge/core/layers/NoMetrics.ts"
import { makePace } from "@concierge/core/pace/makePace.ts"
import { Pace } from "@concierge/core/services/Pace.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { RateLimited, TelegramError } from "@concierge/core/services/TelegramError.ts"
import { currentIso } from "@concierge/core/Time.ts"
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import { judgeOf } from "../../../packages/local/telegram/judge.ts"
import { skewed } from "../../../tests/simulator/skewed.ts"
import type { Served } from "../campaign.ts"
import type { Judged } from "../client.ts"
import type { Options } from "../options.ts"
import type { Run } from "../run.ts"
import type { Fleet } from "./Fleet.ts"
import { type Message, updateOf } from "./Message.ts"
import { makeMemorySettings } from "./memorySettings.ts"
import { seeded } from "./seeded.ts"
import { stalling } from "./stalling.ts"
import { unpaced } from "./unpaced.ts"
import { epoch, inVirtualTime } from "./virtualTime.ts"

/** Steps after the first. */
const taps = 3
/** Milliseconds: what is read and written of a person before and after a call, and the call itself. */
const store = 30
const call = { least: 80, more: 200 }
/** Milliseconds after which what a dead container had is seen again: less than in AWS, or all would wait for these few. */
const visible = 20_000

/** A campaign, as far as the pace has to do with it. */
type Wanted = Pick<Options, "limit" | "model" | "pause" | "people" | "rate" | "seconds"> & {
  readonly seed?: number
}

/** The pace as it is, with everything around it made of time alone. */
export const model = (options: Wanted, fleet: Fleet, note: (what: string) => void): Run => {
  const { limit, model, pause, people, rate, seconds, seed = 1 } = options
  const chance = seeded(2_000 + seed)
  return inVirtualTime((clock) =>
    Effect.gen(function* () {
      const judge = judgeOf({ ...(limit > 0 && { perSecond: limit }), model, chats: true })
      const { settings, used } = makeMemorySettings()
      const random = seeded(seed)
      const now = () => clock.currentTimeMillisUnsafe() - epoch
      const served: Array<Served> = []
      const calls: Array<Judged & { readonly second: number }> = []
      const done = yield* Deferred.make<void>()
      const had = new Set<string>()
      let [updates, copies, noted] = [0, 0, 0]
      const queues = { tap: [] as Array<Message>, arrival: [] as Array<Message> }
      const fork = (effect: Effect.Effect<unknown>) =>
        Effect.forkDetach(Effect.provideService(effect, Clock.Clock, clock))
      const enqueue = (message: Message, delay: number): Effect.Effect<unknown> =>
        fork(
          Effect.delay(
            Effect.suspend(() => {
              const queue = queues[message.step > 0 ? "tap" : "arrival"]
              const later = message.attempt === 0 ? -1 : queue.findIndex(({ asked }) => asked > message.asked)
              queue.splice(later === -1 ? queue.length : later, 0, message)
              return dispatch
            }),
            delay,
          ),
        )
      const deliver = (message: Message) => {
        const { asked, person, step } = message
        if (had.has(`${person} ${step}`)) return Effect.void
        had.add(`${person} ${step}`)
        served.push({ person, step, asked: asked / 1000, at: now() / 1000 })
        if (now() - noted > 60_000) {
          noted = now()
          note(`${Math.round(now() / 1000)} s: ${served.length} messages, ${calls.length - served.length} refused`)
        }
        const isLast = served.length === people * (1 + taps)
        if (isLast) return Deferred.succeed(done, undefined)
        if (step === taps) return Effect.void
        const wait = (pause[0] + random() * (pause[1] - pause[0])) * 1000
        updates += 1
        return enqueue({ person, step: step + 1, asked: now() + wait, attempt: 0 }, wait)
      }

      const telegram = (message: Message) =>
        Effect.gen(function* () {
          const takes = call.least + random() * call.more
          yield* Effect.sleep(takes / 2)
          const wait = judge.wait("sendmessage", message.person, clock.currentTimeMillisUnsafe())
          calls.push({
            at: clock.currentTimeMillisUnsafe(),
            chatId: message.person,
            method: "sendMessage",
            taken: wait === 0,
            second: now() / 1000,
          })
          if (wait === 0) yield* deliver(message)
          yield* Effect.sleep(takes / 2)
          if (wait > 0)
            return yield* new TelegramError({ method: "sendMessage", reason: new RateLimited({ retryAfter: wait }) })
        })

      const postpone = (message: Message, millis: number) => {
        copies += 1
        return enqueue({ ...message, attempt: message.attempt + 1 }, Math.ceil(millis / 1000) * 1000)
      }

      const workOne = Effect.fnUntraced(function* (message: Message) {
        const invocation = { startedAt: yield* currentIso }
        const turns = turnsOf(updateOf(message), invocation)
        const chatId = message.person
        const later = yield* firstTurn(turns, chatId)
        if (later !== undefined) return yield* postpone(message, Duration.toMillis(later.wait))
        yield* Effect.sleep(store)
        for (;;) {
          const sending = inTurn(turns, { method: "sendMessage", chatId }, textTimeout, telegram(message))
          const wait = yield* Effect.matchEffect(sending, {
            onSuccess: () => Effect.succeed(undefined),
            onFailure: (error) =>
              Effect.succeed(
                error._tag === "TelegramError" && error.reason._tag === "RateLimited"
                  ? error.reason.retryAfter * 1000
                  : 0,
              ),
          })
          if (wait === undefined) return yield* Effect.sleep(store)
          const left = Duration.toMillis(yield* patienceOf(turns, lastSend))
          if (wait >= left) return yield* postpone(message, wait + random() * 1000)
          yield* Effect.sleep(wait)
        }
      })

      const containers = yield* Effect.forEach(Array.from({ length: fleet.containers }), (_, index) =>
        Effect.gen(function* () {
          const sound = skewed(clock, (index % 2) * fleet.skew)
          const own = fleet.stalls > 0 ? stalling(sound, fleet.stalls * 1000, random) : sound
          const made = fleet.isPaced ? Effect.provideService(makePace("pace"), Settings, settings) : unpaced
          return {
            own,
            made,
            pace: yield* made,
            busy: 0,
            fibers: new Set<{ readonly fiber: Fiber.Fiber<unknown>; readonly messages: ReadonlyArray<Message> }>(),
          }
        }),
      )
      const working = { tap: 0, arrival: 0 }
      const dispatch: Effect.Effect<void> = Effect.gen(function* () {
        for (const lane of ["tap", "arrival"] as const) {
          for (;;) {
            const first = containers[0]
            const isPaced = first !== undefined && (yield* first.pace.isOn)
            const most = lane === "arrival" && isPaced ? fleet.inHandPaced : fleet.inHand
            if (working[lane] + 10 > most || queues[lane].length === 0) break
            const container = containers.toSorted((one, other) => one.busy - other.busy)[0]
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
              container.fibers.delete(batch)
              return fleet.endsByBatch ? ended(places) : Effect.void
            })
            const one = (message: Message) =>
              fleet.endsByBatch ? workOne(message) : Effect.ensuring(workOne(message), ended(1))
            const work = Effect.forEach(messages, one, { concurrency: "unbounded" }).pipe(
              Effect.provideService(Pace, container.pace),
              Effect.provide(NoMetrics.layer),
              Effect.provideService(Clock.Clock, container.own),
              Effect.ensuring(end),
            )
            const batch = { fiber: yield* Effect.forkDetach(work), messages }
            container.fibers.add(batch)
          }
        }
      })

      const die = Effect.gen(function* () {
        for (;;) {
          yield* Effect.sleep(fleet.deaths * 1000)
          const container = containers[Math.floor(random() * containers.length)]
          if (container === undefined) continue
          const batches = [...container.fibers]
          container.pace = yield* container.made
          for (const { fiber, messages } of batches) {
            fiber.interruptUnsafe()
            for (const message of messages) {
              if (!had.has(`${message.person} ${message.step}`)) yield* enqueue({ ...message, attempt: 1 }, visible)
            }
          }
        }
      })
      if (fleet.deaths > 0) yield* fork(die)
      for (let person = 1; person <= people; person++) {
        const at = (person / rate) * 1000
        updates += 1
        yield* enqueue({ person, step: 0, asked: at, attempt: 0 }, at)
      }
      if (seconds > 0) yield* fork(Effect.delay(Deferred.succeed(done, undefined), seconds * 1000))
      yield* Deferred.await(done)
      return { campaign: { served, calls, texts: 0, voices: 1 }, used: { updates, copies, paceWrites: used.writes } }
    }).pipe(
      Effect.provideService(Clock.Clock, clock),
      Effect.provideService(Random.Random, {
        nextDoubleUnsafe: chance,
        nextIntUnsafe: () => Math.floor(chance() * 2 ** 31),
      }),
    ),
  )
}
