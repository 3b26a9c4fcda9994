// Runs in a fresh process: microseconds to read a first message, by what reads it.
import { envelopeOf } from "@concierge/core/updates/Envelope.ts"
import { Update } from "@concierge/core/updates/Update.ts"
import { firstMessage } from "@concierge/functions/build/events.ts"
import * as Schema from "effect/Schema"
import * as Schema3 from "effect3/Schema"

const text = firstMessage()
const bytes = new TextEncoder().encode(text)
const decode = Schema.decodeUnknownSync(Update)

/** The fields that our own schema of an update reads in a message, for Effect 3. */
const Person3 = Schema3.Struct({
  id: Schema3.Number,
  first_name: Schema3.optional(Schema3.String),
  last_name: Schema3.optional(Schema3.String),
  username: Schema3.optional(Schema3.String),
  language_code: Schema3.optional(Schema3.String),
})
const Update3 = Schema3.Struct({
  update_id: Schema3.Int,
  message: Schema3.Struct({
    message_id: Schema3.Number,
    date: Schema3.Number,
    chat: Schema3.Struct({ id: Schema3.Number, type: Schema3.optional(Schema3.String) }),
    from: Person3,
    text: Schema3.optional(Schema3.String),
  }),
})
const decode3 = Schema3.decodeUnknownSync(Update3)

const readers: Readonly<Record<string, () => unknown>> = {
  "JSON.parse": () => JSON.parse(text),
  "webhook: envelope": () => envelopeOf(bytes),
  "worker: schema": () => decode(JSON.parse(text)),
  "Effect 3 schema": () => decode3(JSON.parse(text)),
}

const rounds = 20_000
const results = Object.entries(readers).map(([name, read]) => {
  for (let round = 0; round < rounds; round++) read()
  const begun = performance.now()
  for (let round = 0; round < rounds; round++) read()
  return [name, ((performance.now() - begun) * 1000) / rounds]
})
process.stderr.write(`\n${JSON.stringify(Object.fromEntries(results))}\n`)
