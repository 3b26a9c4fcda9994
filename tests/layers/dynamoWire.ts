import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { dynamoDb } from "../../packages/local/aws/dynamodb/dynamoDb.ts"
import { dynamoStores } from "./dynamoStores.ts"
import type { Fault } from "./faults.ts"
import { type Proxy, proxy } from "./proxy.ts"
import { onTimeline } from "./timeline.ts"

export class Wire extends Context.Service<Wire, Proxy>()("tests/layers/dynamoWire/Wire") {}

/** The DynamoDB stores with a proxy between them and the server. */
export const dynamoWire = Layer.unwrap(
  Effect.gen(function* () {
    const wire = yield* proxy(yield* dynamoDb)
    return Layer.merge(Layer.succeed(Wire, wire), dynamoStores(Effect.succeed(wire.url)))
  }),
)

/** What one attempt may take. */
const timeout = 1_000

/** Makes a call while this happens to its attempts, one after the other. */
export const amid = Effect.fnUntraced(function* <A, E, R>(
  faults: ReadonlyArray<Fault>,
  call: Effect.Effect<A, E, R>,
  chance = 0.5,
) {
  const wire = yield* Wire
  wire.faults.push(...faults)
  const { requests, ...ended } = yield* onTimeline(call, { proxy: wire, timeout, chance })
  const sent = requests.map(({ body, headers }) => ({
    operation: String(headers["x-amz-target"]).split(".")[1],
    input: JSON.parse(String(body)),
  }))
  return { ...ended, sent, left: wire.faults.splice(0).length }
})
