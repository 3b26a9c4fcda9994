import { type DeadLetter, DeadLetters, DeadLettersError } from "@concierge/core/services/DeadLetters.ts"
import { Attributes } from "@concierge/core/services/UpdateQueue.ts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { attempt } from "../store/rows.ts"
import { Tables } from "../store/Tables.ts"

/** Rows in memory at a time. */
const page = 1_000

/** The messages that the queue in its table has given up. */
export const layer: Layer.Layer<DeadLetters, never, Tables> = Layer.effect(
  DeadLetters,
  Effect.gen(function* () {
    const { commit, prepare } = yield* Tables
    const decode = Schema.decodeUnknownEffect(Schema.fromJsonString(Attributes))
    const after = prepare(
      `SELECT id, grp, body, attributes FROM queue WHERE dead = 1 AND id > ?1 ORDER BY id LIMIT ${page}`,
    )
    const remove = prepare("DELETE FROM queue WHERE id = ?1 AND dead = 1")
    const readAfter = Effect.fn("DeadLetters.read")(function* (last: number) {
      const rows = yield* attempt(() => after.read(last))
      const letters = yield* Effect.forEach(rows, (row) =>
        // Only the queue writes here, so what does not decode is a defect.
        Effect.map(
          Effect.orDie(decode(row.attributes)),
          (attributes): DeadLetter => ({
            id: String(row.id),
            update: { body: String(row.body), group: String(row.grp), attributes },
          }),
        ),
      )
      const next = rows.length < page ? Option.none<number>() : Option.some(Number(rows.at(-1)?.id))
      return [letters, next] as const
    }, mapError)
    return DeadLetters.of({
      letters: Stream.paginate(0, readAfter),
      remove: Effect.fn("DeadLetters.remove")(function* (id: string) {
        yield* commit(() => remove.write(id))
      }, mapError),
    })
  }),
)

const mapError = Effect.mapError((reason: DeadLettersError["reason"]) => new DeadLettersError({ reason }))
