import { createSocket } from "node:dgram"
import { once } from "node:events"
import { setImmediate } from "node:timers/promises"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

// An independent subsegment, as docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html has it.

const Id = Schema.String.check(Schema.isPattern(/^[0-9a-f]{16}$/))
const Name = Schema.NonEmptyString.check(
  Schema.isMaxLength(200),
  Schema.isPattern(/^[\p{L}\p{N}\p{Zs}_.:/%&#=+\\\-@]+$/u),
)
const Annotations = Schema.Record(
  Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_]{1,500}$/)),
  Schema.Union([Schema.String.check(Schema.isMaxLength(1_000)), Schema.Finite, Schema.Boolean]),
)
/** Of Unix time in seconds. */
const Moment = Schema.Finite.check(Schema.isBetween({ minimum: 1e9, maximum: 1e10 }))
const fields = {
  id: Id,
  name: Name,
  start_time: Moment,
  end_time: Moment,
  fault: Schema.optionalKey(Schema.Boolean),
  error: Schema.optionalKey(Schema.Boolean),
  throttle: Schema.optionalKey(Schema.Boolean),
  cause: Schema.optionalKey(
    Schema.Struct({
      exceptions: Schema.Array(Schema.Struct({ id: Id, type: Schema.String.check(Schema.isMaxLength(250)) })),
    }),
  ),
  annotations: Schema.optionalKey(Annotations),
  metadata: Schema.optionalKey(Schema.Record(Schema.String, Schema.Record(Schema.NonEmptyString, Schema.Unknown))),
}
interface Subsegment extends Schema.Struct.Type<typeof fields> {
  readonly subsegments?: ReadonlyArray<Subsegment>
}
const parts = {
  subsegments: Schema.optionalKey(Schema.Array(Schema.suspend((): Schema.Codec<Subsegment> => Subsegment))),
}
const Subsegment = Schema.Struct({ ...fields, ...parts })
const Document = Schema.Struct({
  ...fields,
  ...parts,
  type: Schema.Literal("subsegment"),
  trace_id: Schema.String.check(Schema.isPattern(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/)),
  parent_id: Id,
})
const decode = Schema.decodeUnknownSync(Document, { onExcessProperty: "error" })

/** A subsegment, whichever document it came in. */
export interface Recorded extends Subsegment {
  readonly parent: string
  readonly trace: string
}

const flat = (one: Subsegment, parent: string, trace: string): ReadonlyArray<Recorded> => [
  { ...one, parent, trace },
  ...(one.subsegments ?? []).flatMap((part) => flat(part, one.id, trace)),
]

/** Lambda's daemon: takes a datagram with a document, and refuses what X-Ray would. */
export const xrayDaemon = Effect.gen(function* () {
  const socket = yield* Effect.acquireRelease(
    Effect.sync(() => createSocket("udp4")),
    (socket) => Effect.sync(() => socket.close()),
  )
  const subsegments: Array<Recorded> = []
  const refused: Array<string> = []
  const sizes: Array<number> = []
  let text = ""
  socket.on("message", (message) => {
    const [header = "", ...rest] = message.toString().split("\n")
    const document = rest.join("\n")
    text += document
    sizes.push(Buffer.byteLength(document))
    try {
      if (header.replaceAll(" ", "") !== '{"format":"json","version":1}') throw new Error(`the header is ${header}`)
      const { parent_id, trace_id, type: _, ...whole } = decode(JSON.parse(document))
      subsegments.push(...flat(whole, parent_id, trace_id))
    } catch (error) {
      refused.push(String(error))
    }
  })
  socket.bind(0, "127.0.0.1")
  yield* Effect.promise(() => once(socket, "listening"))
  return {
    address: `127.0.0.1:${socket.address().port}`,
    subsegments,
    refused,
    /** Bytes of each document. */
    sizes,
    text: () => text,
    /** Datagrams that have left are there already, and are read in the loop's next rounds. */
    arrived: Effect.promise(async () => {
      for (let round = 0; round < 3; round++) await setImmediate()
    }),
  }
})
