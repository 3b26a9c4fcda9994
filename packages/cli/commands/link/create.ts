import { newLinkId } from "@concierge/core/attribution/Link.ts"
import { Links } from "@concierge/core/services/Links.ts"
import { currentIso, type Iso } from "@concierge/core/Time.ts"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { BadInput } from "../../BadInput.ts"
import { asJson, text } from "../../flags.ts"
import { csv } from "../../print/csv.ts"
import { json, out } from "../../print/write.ts"
import { on, stage } from "../../where.ts"
import { bot, type Says, says } from "./flags.ts"
import { readPlacements } from "./readPlacements.ts"
import { nameFrom, saidOf } from "./saidOf.ts"
import { card, shown, usernameOf } from "./shown.ts"

/** One link as it is to be stored. */
const linkOf = Effect.fnUntraced(function* (name: string, said: Says, createdAt: Iso) {
  const link = { name: yield* nameFrom(name), createdAt, ...(yield* saidOf(said)) }
  if (link.expiresAt === undefined || link.expiresAt > createdAt) return { linkId: newLinkId(), link }
  return yield* new BadInput({ advice: `--until ${link.expiresAt.slice(0, 10)} is over: nobody who comes would count` })
})

export const create = Command.make(
  "create",
  {
    name: text("name", 'What you call it: "Poster, north station"'),
    ...says,
    csv: text("csv", "A file with a placement a line: name,source,medium,campaign,content,term,ref,until"),
    json: asJson,
    bot,
    stage,
  },
  Effect.fnUntraced(function* ({ bot, csv: file, json: wantsJson, name, stage, ...given }) {
    const isBoth = Option.isSome(file) && [name, ...Object.values(given)].some(Option.isSome)
    if (isBoth) return yield* new BadInput({ advice: "--csv says it all: leave --name and the others away" })
    const username = yield* usernameOf(bot)
    const now = yield* currentIso
    const links = Option.isSome(file)
      ? yield* Effect.forEach(yield* readPlacements(file.value), ({ line, name, said }) =>
          Effect.mapError(
            linkOf(name, said, now),
            ({ advice }) => new BadInput({ advice: `${file.value}, line ${line}: ${advice}` }),
          ),
        )
      : [
          yield* linkOf(
            Option.getOrElse(name, () => ""),
            given,
            now,
          ),
        ]
    yield* on(
      stage,
      Effect.gen(function* () {
        const store = yield* Links
        yield* Effect.forEach(links, ({ link, linkId }) => store.put(linkId, link), { concurrency: 10, discard: true })
        const made = links.map(({ link, linkId }) => shown(linkId, link, username))
        if (wantsJson) return yield* json(made)
        if (Option.isSome(file))
          return yield* out(csv([["id", "name", "url"], ...made.map((link) => [link.id, link.name, link.url])]))
        for (const link of made) yield* out(yield* card(link))
      }),
    )
  }),
).pipe(
  Command.withDescription("Make a link, or a hundred from a file"),
  Command.withExamples([
    { command: "concierge link create --name Poster --campaign spring", description: "One, with its QR code" },
    { command: "concierge link create --csv placements.csv > links.csv", description: "Many, as a table again" },
  ]),
)
