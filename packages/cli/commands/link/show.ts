import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { asJson, toggle } from "../../flags.ts"
import { json, out } from "../../print/write.ts"
import { on, stage } from "../../where.ts"
import { bot, id } from "./flags.ts"
import { found } from "./found.ts"
import { card, shown, usernameOf } from "./shown.ts"

export const show = Command.make(
  "show",
  { id, json: asJson, svg: toggle("svg", "The QR code as SVG"), bot, stage },
  ({ bot, id, json: wantsJson, stage, svg }) =>
    on(
      stage,
      Effect.gen(function* () {
        const link = shown(id, yield* found(id), yield* usernameOf(bot))
        if (wantsJson) return yield* json(link)
        if (!svg) return yield* out(yield* card(link))
        const { renderSVG } = yield* Effect.promise(() => import("uqr"))
        yield* out(renderSVG(link.url))
      }),
    ),
).pipe(
  Command.withDescription("One link, with its QR code"),
  Command.withExamples([
    { command: "concierge link show abcdEFGH0123-_xy --svg > poster.svg", description: "For the printer" },
  ]),
)
