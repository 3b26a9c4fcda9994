import { RateLimited, TelegramError } from "@concierge/core/services/TelegramError.ts"
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { judgeOf } from "../../../packages/local/telegram/judge.ts"
import type { Served } from "../campaign.ts"
import type { Judged } from "../client.ts"
import type { Options } from "../options.ts"
import type { Run } from "../run.ts"
import { makeContainers } from "./containers.ts"
import type { Fleet } from "./Fleet.ts"
import type { Message } from "./Message.ts"
import { makeMemorySettings } from "./memorySettings.ts"
import { seeded } from "./seeded.ts"
import { epoch, inVirtualTime } from "./virtualTime.ts"

/** Steps after the first. */
const taps = 3
/** Milliseconds of a call. */
const call = { least: 80, more: 200 }

const keyOf = ({ person, step }: Message): string => `${person} ${step}`

/** A campaign, as far as the pace has to do with it. */
type Wanted = Pick<Options, "limit" | "model" | "pause" | "people" | "rate" | "seconds" | "seed">

/** The pace as it is, with everything around it made of time alone. */
export const model = (options: Wanted, fleet: Fleet, note: (what: string) => void): Run => {
  const { limit, model, pause, people, rate, seconds, seed } = options
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
              // One machine's queue gives a copy the place that its update had; SQS puts it behind all others.
              const isLast = fleet.endsByBatch || message.attempt === 0
              const later = isLast ? -1 : queue.findIndex(({ asked }) => asked > message.asked)
              queue.splice(later === -1 ? queue.length : later, 0, message)
              return dispatch
            }),
            delay,
          ),
        )
      const deliver = (message: Message) => {
        const { asked, person, step } = message
        if (had.has(keyOf(message))) return Effect.void
        had.add(keyOf(message))
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

      const { die, dispatch } = yield* makeContainers(
        { clock, settings, random, queues, telegram, postpone, isServed: (message) => had.has(keyOf(message)) },
        fleet,
      )
      if (fleet.deaths > 0) yield* fork(die(enqueue))
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
