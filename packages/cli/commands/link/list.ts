import { Link } from "@concierge/core/attribution/Link.ts"
import { linkKey } from "@concierge/core/layers/Links.ts"
import { Archive } from "@concierge/core/services/Archive.ts"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { asJson } from "../../flags.ts"
import { table } from "../../print/table.ts"
import { json, out } from "../../print/write.ts"
import { on, stage } from "../../where.ts"
import { bot } from "./flags.ts"
import { shown, usernameOf } from "./shown.ts"

const decode = Schema.decodeUnknownOption(Link)

export const list = Command.make("list", { json: asJson, bot, stage }, ({ bot, json: wantsJson, stage }) =>
  on(
    stage,
    Effect.gen(function* () {
      const archive = yield* Archive
      const username = yield* usernameOf(bot)
      const stored = yield* Stream.runCollect(archive.settings(linkKey("")))
      const links = stored.flatMap(({ fields, key }) => {
        const link = decode(fields.value)
        return Option.isSome(link) ? [shown(key.slice(linkKey("").length), link.value, username)] : []
      })
      const sorted = links.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
      if (wantsJson) return yield* json(sorted)
      if (sorted.length === 0)
        return yield* out('There is no link yet. Make one: concierge link create --name "Poster"')
      const head = ["id", "name", "state", "source", "campaign", "ref", "until"]
      const rows = sorted.map(({ expiresAt = "", id, name, ref_code = "", state, utm = {} }) => [
        id,
        name,
        state,
        utm.source ?? "",
        utm.campaign ?? "",
        ref_code,
        expiresAt.slice(0, 10),
      ])
      yield* out(table(head, rows))
    }),
  ),
).pipe(
  Command.withDescription("All links"),
  Command.withExamples([{ command: "concierge link list --stage prod", description: "Oldest first" }]),
)
