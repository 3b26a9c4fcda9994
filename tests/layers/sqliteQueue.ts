import { visibility } from "@concierge/core/delivery/times.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import * as SqliteDeadLetters from "../../packages/local/queue/DeadLetters.ts"
import * as SqliteQueue from "../../packages/local/queue/LocalQueue.ts"
import { LocalQueue } from "../../packages/local/queue/LocalQueue.ts"
import * as Tables from "../../packages/local/store/Tables.ts"
import { Consumer } from "../contract/suites/Consumer.ts"

const consumerLayer = Layer.effect(
  Consumer,
  Effect.gen(function* () {
    const queue = yield* LocalQueue
    const { sqlite } = yield* Tables.Tables
    return Consumer.of({
      receive: Effect.orDie(queue.receive(10)),
      acknowledge: (ids) => Effect.orDie(queue.acknowledge(ids)),
      pass: (seconds) => TestClock.adjust(seconds * 1000),
      expire: TestClock.adjust(visibility),
      dead: Effect.sync(() => Number(sqlite.prepare("SELECT count(*) AS n FROM queue WHERE dead = 1").get()?.n)),
    })
  }),
)

/** The one-machine queue and its dead letters on a SQLite file of that path, or in memory. */
export const sqliteQueue = (path: string) =>
  consumerLayer.pipe(
    Layer.provideMerge(Layer.merge(SqliteQueue.layer, SqliteDeadLetters.layer)),
    Layer.provide(Tables.layer(path)),
  )
