import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Schema from "effect/Schema"
import { lastSend } from "./times.ts"

/** One run of the worker, in which several records may be worked. */
export interface Invocation {
  /** Milliseconds since 1970. */
  readonly startedAt: number
}

/** There is too little left of this invocation to begin a send, or a record. */
export class TooLate extends Schema.TaggedError<TooLate>()("TooLate", {}) {}

/** To stand before every single send. */
export const inTime = (invocation: Invocation): Effect.Effect<void, TooLate> =>
  Effect.flatMap(Clock.currentTimeMillis, (now) =>
    now > invocation.startedAt + lastSend ? Effect.fail(new TooLate()) : Effect.void,
  )

/** A version 4 UUID from the runtime's own source of chance, so that a simulated run can be repeated. */
export const uuid: Effect.Effect<string> = Effect.map(
  Effect.all(Array.from({ length: 16 }, () => Random.nextIntBetween(0, 256, { halfOpen: true }))),
  (bytes) => {
    const hex = bytes.map((byte, index) => {
      const value = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte
      return value.toString(16).padStart(2, "0")
    })
    const part = (from: number, to: number): string => hex.slice(from, to).join("")
    return [part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 16)].join("-")
  },
)
