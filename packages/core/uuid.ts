import * as Effect from "effect/Effect"
import * as Random from "effect/Random"

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
