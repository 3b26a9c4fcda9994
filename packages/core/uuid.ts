import * as SecureRandom from "effect/crypto/SecureRandom"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"

/** A version 4 UUID from the runtime's own source of chance, so that a simulated run can be repeated. */
export const uuid: Effect.Effect<string> = Effect.flatMap(Random.Random, (random) =>
  SecureRandom.make((size) => Uint8Array.from({ length: size }, () => random.nextDoubleUnsafe() * 256)).uuidV4(),
)
