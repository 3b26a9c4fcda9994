import type { Exported } from "@concierge/core/operate/exportUser.ts"
import { fieldsOf } from "@concierge/core/stored/shape.ts"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { asJson } from "../../flags.ts"
import { records } from "../../places/records.ts"
import { table } from "../../print/table.ts"
import { json, out } from "../../print/write.ts"
import { onPlace, stage } from "../../where.ts"
import { person, somebody } from "./person.ts"

/** As many events as a person reads, the latest. */
const most = 15

export const show = Command.make("show", { person, json: asJson, stage }, ({ json: wantsJson, person, stage }) =>
  onPlace(records)(
    stage,
    Effect.gen(function* () {
      const exported = yield* somebody(person)
      yield* wantsJson ? json(exported) : out(text(exported))
    }),
  ),
).pipe(
  Command.withDescription("Where somebody stands, and what they did last"),
  Command.withExamples([{ command: "concierge user show 1001", description: "By their id with Telegram" }]),
)

const text = ({ deadLetters, events, forgotten, sessions, user, userId }: Exported): string => {
  const names = [
    "username",
    "firstName",
    "lastName",
    "language",
    "languageCode",
    "state",
    "run",
    "first_start_ts",
    "finished_at",
    "ref_code",
    "linkId",
    "blocked",
    "not_before",
    "unresolved",
    "ambiguous",
  ]
  const facts = names.flatMap((name) => (user?.[name] === undefined ? [] : [`${name.padEnd(15)}${user[name]}`]))
  const lock = fieldsOf(user?.lock)
  const rows = events
    .slice(-most)
    .map(({ eventId, eventType, outcome, timestamp }) => [
      String(timestamp),
      String(eventId),
      String(eventType),
      String(outcome ?? "not ended"),
    ])
  return [
    userId,
    ...(user === undefined ? ["There is no record of them."] : facts),
    ...(forgotten === undefined ? [] : [`forgotten      ${forgotten.at}`]),
    ...(lock.until === undefined ? [] : [`locked until   ${lock.until}, by ${lock.event}`]),
    `sessions       ${sessions.length}`,
    `dead letters   ${deadLetters.length}`,
    `events         ${events.length}${events.length > most ? `, the last ${most}:` : ""}`,
    ...(rows.length === 0 ? [] : ["", table(["at", "event", "what", "outcome"], rows)]),
  ].join("\n")
}
