import { writeFile } from "node:fs/promises"
import { dimensions, reportOf } from "@concierge/core/attribution/report.ts"
import { readTallies } from "@concierge/core/attribution/Tally.ts"
import { linkKey } from "@concierge/core/layers/Links.ts"
import { Archive } from "@concierge/core/services/Archive.ts"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Stream from "effect/Stream"
import { BadInput } from "../../BadInput.ts"
import { asJson, toggle } from "../../flags.ts"
import { csv } from "../../print/csv.ts"
import { json, out } from "../../print/write.ts"
import { brand, on, stage } from "../../where.ts"
import { from, range, to } from "../dates.ts"
import { head, lines, withNames } from "./rows.ts"
import { shown } from "./shown.ts"

const by = Flag.Literals("by", dimensions).pipe(
  Flag.withDescription("What people are told apart by"),
  Flag.withDefault("campaign" as const),
)
const asCsv = toggle("csv", "CSV on stdout, a row a line")
const html = Flag.String("html").pipe(
  Flag.withDescription("Write one self-contained page to this file, to be mailed"),
  Flag.optional,
)

export const funnel = Command.make(
  "funnel",
  { by, from, to, json: asJson, csv: asCsv, html, stage },
  Effect.fnUntraced(function* ({ by, csv: wantsCsv, from, html, json: wantsJson, stage, to }) {
    const forms = [wantsJson, wantsCsv, Option.isSome(html)].filter((isWanted) => isWanted)
    if (forms.length > 1) return yield* new BadInput({ advice: "--json, --csv or --html: say one of them" })
    const days = yield* range(from, to)
    const theBrand = yield* brand
    yield* on(
      stage,
      Effect.gen(function* () {
        const tallies = yield* readTallies(days.from, days.to)
        if (tallies.size === 0) {
          const all = [...(yield* readTallies()).values()].map(({ day }) => day).sort()
          return yield* new BadInput({
            advice:
              all.length === 0
                ? "nobody has started yet"
                : `there is nothing of these days: counted are ${all[0]} to ${all.at(-1)}`,
          })
        }
        const names = yield* linkNames
        const reports = dimensions.map((dimension) =>
          withNames(reportOf(tallies.values(), theBrand.flow, dimension), names),
        )
        const report = reports.find((one) => one.by === by)
        if (report === undefined) return
        const counted = [...tallies.values()].map(({ day }) => day).sort()
        const about = { brand: theBrand.name, from: counted[0] ?? "", to: counted.at(-1) ?? "" }
        if (wantsJson) return yield* json({ ...about, ...report })
        if (wantsCsv) return yield* out(csv([head(report), ...lines(report)]))
        if (Option.isSome(html)) {
          const { page } = yield* Effect.promise(() => import("../../print/page.ts"))
          const text = page(
            { ...about, accent: theBrand.look.accent, accentOnDark: theBrand.look.accentOnDark },
            reports,
          )
          yield* Effect.tryPromise({
            try: () => writeFile(html.value, text),
            catch: () => new BadInput({ advice: `--html: ${html.value} cannot be written` }),
          })
          return yield* out(`${html.value}: ${Math.ceil(text.length / 1024)} KB, all in one file`)
        }
        yield* out(shown(report, about))
      }),
    )
  }),
).pipe(
  Command.withDescription("How many started, and how far they came"),
  Command.withExamples([
    { command: "concierge funnel --by campaign", description: "What each campaign brought" },
    { command: "concierge funnel --from 2026-03-01 --html march.html", description: "A page to be mailed" },
  ]),
)

/** What the operator calls each link. */
const linkNames = Effect.gen(function* () {
  const archive = yield* Archive
  const stored = yield* Stream.runCollect(archive.settings(linkKey("")))
  return new Map(
    stored.flatMap(({ fields, key }) =>
      Predicate.hasProperty(fields.value, "name") && Predicate.isString(fields.value.name)
        ? [[key.slice(linkKey("").length), fields.value.name] as const]
        : [],
    ),
  )
})
