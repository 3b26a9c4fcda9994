import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Semaphore from "effect/Semaphore"
import { Options } from "./Options.ts"
import { type NotTaken, post } from "./post.ts"
import { redelivery } from "./redelivery.ts"
import { type Update, Updates } from "./Updates.ts"
import { Webhook } from "./Webhook.ts"

/** Brings updates to the webhook: those of one queue in order and one at a time, again and again until it takes them. */
export class Delivery extends Context.Service<
  Delivery,
  {
    offer(update: Update): void
    /** The webhook is at another address or gone: what is under way is abandoned, everything pending starts anew. */
    readonly restart: Effect.Effect<void>
    /** Other details changed: whatever waits for its next attempt makes it now. */
    readonly wake: Effect.Effect<void>
  }
>()("@concierge/local/telegram/Delivery") {}

export const layer = Layer.effect(
  Delivery,
  Effect.gen(function* () {
    const client = yield* HttpClient.HttpClient
    const updates = yield* Updates
    const webhook = yield* Webhook
    const policy = { ...redelivery, ...(yield* Options).redelivery }
    const fibers = yield* FiberSet.make<void>()
    const run = yield* FiberSet.runtime(fibers)<never>()
    const slots = Semaphore.makeUnsafe(webhook.setting().maxConnections)
    const queues = new Map<string, Array<Update>>()
    let changed = Deferred.makeUnsafe<void>()

    const waitAfter = Effect.fnUntraced(function* (failures: number, { message, retryAfter }: NotTaken) {
      webhook.fail({ message, at: yield* Clock.currentTimeMillis })
      const delay = retryAfter ?? policy.delay(failures)
      if (Duration.toMillis(delay) > 0) yield* Effect.raceFirst(Effect.sleep(delay), Deferred.await(changed))
    })

    /** Ends when the update was taken or has expired. */
    const deliver = Effect.fnUntraced(function* (update: Update) {
      for (let failures = 1; (yield* Clock.currentTimeMillis) < update.expiresAt; failures++) {
        const attempt = Effect.suspend(() => post(client, update.body, webhook.setting(), policy))
        const failure = yield* slots.withPermit(attempt).pipe(
          Effect.as(undefined),
          Effect.catch((failure) => Effect.succeed(failure)),
        )
        if (failure === undefined) break
        yield* waitAfter(failures, failure)
      }
      updates.remove(update.id)
    })

    const drain = Effect.fnUntraced(function* (name: string, queue: Array<Update>) {
      for (let head = queue[0]; head !== undefined; head = queue[0]) {
        yield* deliver(head)
        queue.shift()
      }
      queues.delete(name)
    })

    const offer = (update: Update): void => {
      if (webhook.setting().url === "") return
      const waiting = queues.get(update.queue)
      if (waiting !== undefined) {
        waiting.push(update)
        return
      }
      const queue = [update]
      queues.set(update.queue, queue)
      run(drain(update.queue, queue))
    }

    const wake = Effect.gen(function* () {
      yield* slots.resize(webhook.setting().maxConnections)
      const previous = changed
      changed = Deferred.makeUnsafe<void>()
      yield* Deferred.succeed(previous, undefined)
    })

    const restart = Effect.gen(function* () {
      yield* FiberSet.clear(fibers)
      queues.clear()
      yield* wake
      for (const update of updates.pending(yield* Clock.currentTimeMillis)) offer(update)
    })

    yield* restart
    return Delivery.of({ offer, restart, wake })
  }),
)
