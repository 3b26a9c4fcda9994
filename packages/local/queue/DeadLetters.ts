import { DeadLetters, DeadLettersError } from "@concierge/core/services/DeadLetters.ts"
import { Attributes } from "@concierge/core/services/UpdateQueue.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { attempt } from "../store/rows.ts"
import { Tables } from "../store/Tables.ts"

/** The messages that the queue in its table has given up. */
export const layer: Layer.Layer<DeadLetters, never, Tables> = Layer.effect(
  DeadLetters,
  Effect.gen(function* () {
    const { commit, prepare } = yield* Tables
    const decode = Schema.decodeUnknownEffect(Schema.fromJsonString(Attributes))
    const read = prepare("SELECT id, grp, body, attributes FROM queue WHERE dead = 1 ORDER BY id LIMIT ?1")
    const remove = prepare("DELETE FROM queue WHERE id = ?1 AND dead = 1")
    return DeadLetters.of({
      read: Effect.fn("DeadLetters.read")(function* (max: number) {
        const rows = yield* attempt(() => read.read(max))
        return yield* Effect.forEach(rows, (row) =>
          // Only the queue writes here, so what does not decode is a defect.
          Effect.map(Effect.orDie(decode(row.attributes)), (attributes) => ({
            id: String(row.id),
            update: { body: String(row.body), group: String(row.grp), attributes },
          })),
        )
      }, mapError),
      remove: Effect.fn("DeadLetters.remove")(function* (id: string) {
        yield* commit(() => remove.write(id))
      }, mapError),
    })
  }),
)

const mapError = Effect.mapError((reason: DeadLettersError["reason"]) => new DeadLettersError({ reason }))
