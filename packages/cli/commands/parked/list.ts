import { currentIso } from "@concierge/core/Time.ts"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { asJson } from "../../flags.ts"
import { records } from "../../places/records.ts"
import { ago } from "../../print/ago.ts"
import { table } from "../../print/table.ts"
import { json, out } from "../../print/write.ts"
import { onPlace, stage } from "../../where.ts"
import { filters } from "../wanted.ts"
import { found, understood } from "./found.ts"

/** As many rows as a person reads. */
const most = 50

export const list = Command.make("list", { ...filters, json: asJson, stage }, ({ json: wantsJson, stage, ...given }) =>
  onPlace(records)(
    stage,
    Effect.gen(function* () {
      const { unreadable, updates } = yield* found(given)
      if (wantsJson) {
        return yield* json({ updates: updates.map(({ json: _, ...update }) => update), unreadable })
      }
      if (updates.length + unreadable.length === 0) return yield* out("Nothing is parked.")
      const now = yield* currentIso
      const rows = updates
        .slice(0, most)
        .map(({ group, kind, parkedAt, problem, updateId }) => [
          String(updateId),
          kind,
          group,
          `${ago(parkedAt, now)} ago`,
          problem ?? understood,
        ])
      if (rows.length > 0) yield* out(table(["update", "kind", "chat", "parked", "what is not understood"], rows))
      if (updates.length > most) yield* out(`… and ${updates.length - most} more`)
      for (const id of unreadable) yield* out(`${id} cannot be read: concierge update show ${id}`)
      yield* out("\nThose that are understood now: concierge parked retry. The others need a new version first.")
    }),
  ),
).pipe(
  Command.withDescription("The updates that were not understood, oldest first, and what of them was not"),
  Command.withExamples([
    { command: "concierge parked list --stage prod", description: "Each with the field that is not understood" },
  ]),
)
