import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Stats } from "../store/Stats.ts"
import { tables } from "./dynamodb/tables.ts"
import { Stage } from "./Stage.ts"

/** The same counts as the one-machine host's, from the tables and queues of the stage. */
export const statsLayer: Layer.Layer<Stats, never, Stage> = Layer.effect(
  Stats,
  Effect.gen(function* () {
    const { sqs } = yield* Stage
    const client = yield* Effect.acquireRelease(
      Effect.sync(() => new DynamoDBClient()),
      (client) => Effect.sync(() => client.destroy()),
    )
    const outcomes = Effect.promise(async () => {
      const found: Array<string> = []
      const pages = paginateScan({ client }, { TableName: tables.events, ProjectionExpression: "outcome" })
      for await (const { Items = [] } of pages) found.push(...Items.map(({ outcome }) => outcome?.S ?? ""))
      return found
    })
    return Stats.of({
      counts: Effect.gen(function* () {
        const found = yield* outcomes
        const [dead, others, taps] = yield* Effect.all([sqs.deadUrl, sqs.url, sqs.tapUrl].map((url) => sqs.count(url)))
        const queued = (others ?? 0) + (taps ?? 0)
        const of = (start: string): number => found.filter((outcome) => outcome.startsWith(start)).length
        const [applied, ignored, parked] = [of("applied"), of("ignored"), of("parked")]
        // Every update that was answered 200 is in exactly one of these places.
        return {
          accepted: applied + ignored + parked + (dead ?? 0) + queued,
          applied,
          ignored,
          parked,
          dead: dead ?? 0,
          queued,
        }
      }),
    })
  }),
)
