import { recount as recountAll, repair as repairAll } from "@concierge/core/attribution/recount.ts"
import { Archive } from "@concierge/core/services/Archive.ts"
import { currentIso, minus } from "@concierge/core/Time.ts"
import * as Command from "effect/cli/Command"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { Found } from "../Found.ts"
import { asJson, toggle } from "../flags.ts"
import { progress } from "../print/progress.ts"
import { table } from "../print/table.ts"
import { json, out } from "../print/write.ts"
import { on, retention, stage } from "../where.ts"

export const recount = Command.make(
  "recount",
  {
    repair: toggle("repair", "Make the counters say what the events say"),
    json: asJson,
    stage,
  },
  Effect.fnUntraced(function* ({ json: wantsJson, repair, stage }) {
    const kept = yield* retention
    const now = yield* currentIso
    // The first day of which no event has outlived its time.
    const exactFrom = minus(now, Duration.subtract(kept, Duration.days(1))).slice(0, 10)
    yield* on(
      stage,
      Effect.gen(function* () {
        const size = yield* (yield* Archive).size
        const { differences, events, tooOld } = yield* Effect.scoped(
          Effect.flatMap(progress("events"), (tell) => recountAll(exactFrom, (counted) => tell(counted, size))),
        )
        const rows = differences.map(({ cell, counted, day, recounted, tally }) => ({
          day,
          origin: tally.id,
          ...tally.origin,
          cell,
          counted,
          recounted,
        }))
        if (repair) yield* repairAll(differences, now)
        if (wantsJson) yield* json({ exactFrom, events, tooOld, repaired: repair, differences: rows })
        else {
          yield* out(
            `${events} events. Exact from ${exactFrom} on: events are kept for ${Duration.toDays(kept)} days${tooOld > 0 ? `, so ${tooOld} older counters were left out` : ""}.`,
          )
          if (rows.length === 0) yield* out("Every counter says what the events say.")
          else {
            const head = ["day", "origin", "language/state/first run/start/gap/came/last", "counted", "by the events"]
            yield* out(
              table(
                head,
                rows.map((row) => [row.day, row.origin, row.cell, row.counted, row.recounted]),
              ),
            )
            yield* out(
              repair
                ? `${rows.length} cells were mended.`
                : "Mend them with --repair, when nobody is being onboarded just now.",
            )
          }
        }
        if (rows.length > 0 && !repair) return yield* new Found()
      }),
    )
  }),
).pipe(
  Command.withDescription("Count the whole funnel again from the events, and compare"),
  Command.withExamples([
    { command: "concierge recount --stage prod", description: "Exit code 1 when a counter says something else" },
    { command: "concierge recount --stage prod --repair", description: "And makes them say what the events say" },
  ]),
)
