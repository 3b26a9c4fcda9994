import type { Link } from "@concierge/core/attribution/Link.ts"
import { Links } from "@concierge/core/services/Links.ts"
import { currentIso } from "@concierge/core/Time.ts"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { BadInput } from "../../BadInput.ts"
import { asJson, text, toggle } from "../../flags.ts"
import { json, out } from "../../print/write.ts"
import { on, stage } from "../../where.ts"
import { bot, id, says } from "./flags.ts"
import { found } from "./found.ts"
import { nameFrom, saidOf } from "./saidOf.ts"
import { shown, usernameOf } from "./shown.ts"

const change = (
  change: (link: Link) => Effect.Effect<Link, BadInput>,
  id: string,
  bot: Option.Option<string>,
  wantsJson: boolean,
) =>
  Effect.gen(function* () {
    const { link: before, linkId } = yield* found(id)
    const link = yield* change(before)
    yield* (yield* Links).put(linkId, link)
    const changed = shown(linkId, link, yield* usernameOf(bot))
    yield* wantsJson
      ? json(changed)
      : out(`${link.name} (${changed.state}): in force within a minute. Who came by it before stays as they are.`)
  })

export const disable = Command.make(
  "disable",
  { id, json: asJson, bot, stage },
  Effect.fnUntraced(function* ({ bot, id, json, stage }) {
    const disabledAt = yield* currentIso
    yield* on(
      stage,
      change((link) => Effect.succeed({ disabledAt, ...link }), id, bot, json),
    )
  }),
).pipe(
  Command.withDescription("Let a link verify nobody any more"),
  Command.withExamples([
    {
      command: "concierge link disable abcdEFGH0123-_xy",
      description: "Whoever comes by it is onboarded all the same",
    },
  ]),
)

export const edit = Command.make(
  "edit",
  {
    id,
    name: text("name", "Another name"),
    ...says,
    enable: toggle("enable", "Let a disabled link count again"),
    json: asJson,
    bot,
    stage,
  },
  Effect.fnUntraced(function* ({ bot, enable, id, json, name, stage, ...given }) {
    if (!enable && ![name, ...Object.values(given)].some(Option.isSome)) {
      return yield* new BadInput({ advice: "nothing is to be changed: say what, --campaign autumn, or --enable" })
    }
    yield* on(
      stage,
      change(
        Effect.fnUntraced(function* (link) {
          const { createdAt, disabledAt } = link
          return {
            name: Option.isSome(name) ? yield* nameFrom(name.value) : link.name,
            createdAt,
            ...(disabledAt !== undefined && !enable && { disabledAt }),
            ...(yield* saidOf(given, link)),
          }
        }),
        id,
        bot,
        json,
      ),
    )
  }),
).pipe(
  Command.withDescription('Change what a link says; "" takes a value away'),
  Command.withExamples([
    { command: "concierge link edit abcdEFGH0123-_xy --until 2026-12-31", description: "Its last day" },
    { command: 'concierge link edit abcdEFGH0123-_xy --content ""', description: "Nothing in place of what it says" },
  ]),
)
