import { UpdateQueue, UpdateQueueError } from "@concierge/core/services/UpdateQueue.ts"
import { Users, UsersError } from "@concierge/core/services/Users.ts"
import { currentIso } from "@concierge/core/Time.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Journal } from "../journal/Journal.ts"
import { Outages } from "./Outages.ts"

/** What was refused at the door has no span: the journal would know nothing of it. */
const queue = Layer.effect(
  UpdateQueue,
  Effect.gen(function* () {
    const { instead } = yield* Outages
    const { send } = yield* UpdateQueue
    const journal = yield* Journal
    return UpdateQueue.of({
      send: (update, delay) =>
        instead("queue", "UpdateQueue.send", send(update, delay), (reason) => new UpdateQueueError({ reason })).pipe(
          Effect.tapError(() =>
            Effect.map(currentIso, (at) => {
              const { attempt, updateId } = update.attributes
              if (attempt > 0) return
              journal.add({ updateId, chat: update.group, at, what: "refused", millis: 0, ok: false })
            }),
          ),
        ),
    })
  }),
)

const users = Layer.effect(
  Users,
  Effect.gen(function* () {
    const { instead } = yield* Outages
    const users = yield* Users
    return Users.of({
      ...users,
      begin: (begin) => instead("tables", "Users.begin", users.begin(begin), (reason) => new UsersError({ reason })),
    })
  }),
)

/** Queue and people of the stand-in's bot, but for when they are out. */
export const storesLayer: Layer.Layer<UpdateQueue | Users, never, UpdateQueue | Users | Journal | Outages> =
  Layer.mergeAll(queue, users)
