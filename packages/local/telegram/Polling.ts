import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type BotApiError, conflict } from "./errors.ts"
import { Updates } from "./Updates.ts"
import { Webhook } from "./Webhook.ts"

export interface Poll {
  /** Updates before it are taken as received; negative: the last so many, the rest forgotten. */
  readonly offset: number
  readonly limit: number
  readonly timeout: Duration.Duration
}

/** getUpdates: one poll at a time, and only while there is no webhook. */
export class Polling extends Context.Service<
  Polling,
  {
    /** Update objects as JSON. */
    poll(poll: Poll): Effect.Effect<ReadonlyArray<string>, BotApiError>
    /** Something is there to be taken. */
    wake(): void
    /** Ends the poll that is waiting with a conflict. */
    terminate(by: string): void
  }
>()("@concierge/local/telegram/Polling") {}

export const layer = Layer.effect(
  Polling,
  Effect.gen(function* () {
    const updates = yield* Updates
    const webhook = yield* Webhook
    let waiting: Deferred.Deferred<void, BotApiError> | undefined

    const wake = () => {
      if (waiting !== undefined) Deferred.doneUnsafe(waiting, Effect.void)
    }

    const terminate = (by: string) => {
      if (waiting !== undefined) Deferred.doneUnsafe(waiting, conflict(`terminated by ${by}`))
      waiting = undefined
    }

    const page = Effect.fnUntraced(function* ({ offset, limit }: Poll) {
      const from = offset < 0 ? updates.fromEnd(-offset) : offset
      updates.confirm(from)
      return updates.page(from, limit, yield* Clock.currentTimeMillis)
    })

    const poll = Effect.fn("Polling.poll")(function* (poll: Poll) {
      if (webhook.setting().url !== "") {
        return yield* conflict(
          "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        )
      }
      terminate("other getUpdates request; make sure that only one bot instance is running")
      const found = yield* page(poll)
      if (found.length > 0 || Duration.toMillis(poll.timeout) === 0) return found
      const mine = Deferred.makeUnsafe<void, BotApiError>()
      waiting = mine
      yield* Deferred.await(mine).pipe(
        Effect.timeoutOption(poll.timeout),
        Effect.ensuring(
          Effect.sync(() => {
            if (waiting === mine) waiting = undefined
          }),
        ),
      )
      return yield* page(poll)
    })

    return Polling.of({ poll, wake, terminate })
  }),
)
