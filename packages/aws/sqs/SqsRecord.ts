import { Attributes, type QueuedUpdate } from "@concierge/core/services/UpdateQueue.ts"
import { envelopeOf } from "@concierge/core/updates/Envelope.ts"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { readTraceHeader, traceparentOf } from "../xray/TraceHeader.ts"

/** A message as Lambda hands it over, as far as it is used. */
const SqsRecord = Schema.Struct({
  body: Schema.String,
  attributes: Schema.Struct({
    MessageGroupId: Schema.optionalKey(Schema.String),
    /** What the sender's SDK says of the function that it runs in, which SQS hands on. */
    AWSTraceHeader: Schema.optionalKey(Schema.String),
  }),
  messageAttributes: Schema.Record(Schema.String, Schema.Struct({ stringValue: Schema.optionalKey(Schema.String) })),
})

const IntFromString = Schema.FiniteFromString.check(Schema.isInt())

/** On the wire every attribute is text. */
const TextAttributes = Schema.Struct({
  ...Attributes.fields,
  updateId: IntFromString,
  attempt: IntFromString,
  limitedMs: Schema.optionalKey(IntFromString),
})

const decodeRecord = Schema.decodeUnknownEffect(SqsRecord)
const decodeAttributes = Schema.decodeUnknownEffect(TextAttributes)

/** Fails for a message that was not sent by `UpdateQueue`. */
export const fromSqsRecord = Effect.fnUntraced(function* (
  record: unknown,
): Effect.fn.Return<QueuedUpdate, Schema.SchemaError> {
  const { attributes, body, messageAttributes } = yield* decodeRecord(record)
  const texts = Object.entries(messageAttributes).map(([name, { stringValue }]) => [name, stringValue])
  const trace = readTraceHeader(attributes.AWSTraceHeader)
  return {
    body,
    group: attributes.MessageGroupId ?? groupOf(body),
    attributes: {
      // A delayed copy keeps the first one: the next time the header is the worker's.
      ...(trace !== undefined && { traceparent: traceparentOf(trace) }),
      ...(yield* decodeAttributes(Object.fromEntries(texts))),
    },
  }
})

/** A redriven message may have lost its group, and with it its place among those of the same person. */
const groupOf = (body: string): string =>
  Result.match(envelopeOf(new TextEncoder().encode(body)), { onSuccess: ({ group }) => group, onFailure: () => "none" })
