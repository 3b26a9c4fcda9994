import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { BadInput } from "../../BadInput.ts"
import { asJson, toggle } from "../../flags.ts"
import { json, out } from "../../print/write.ts"
import { on, stage } from "../../where.ts"
import { bot, id } from "./flags.ts"
import { found } from "./found.ts"
import { svgQr } from "./qr.ts"
import { card, shown, usernameOf } from "./shown.ts"

export const show = Command.make(
  "show",
  { id, json: asJson, svg: toggle("svg", "The QR code as SVG"), bot, stage },
  Effect.fnUntraced(function* ({ bot, id, json: wantsJson, stage, svg }) {
    if (wantsJson && svg) return yield* new BadInput({ advice: "--json or --svg: say one of them" })
    yield* on(
      stage,
      Effect.gen(function* () {
        const { link: stored, linkId } = yield* found(id)
        const link = shown(linkId, stored, yield* usernameOf(bot))
        if (wantsJson) return yield* json(link)
        yield* out(yield* svg ? svgQr(link.url) : card(link))
      }),
    )
  }),
).pipe(
  Command.withDescription("One link, with its QR code"),
  Command.withExamples([
    { command: "concierge link show abcdEFGH0123-_xy --svg > poster.svg", description: "For the printer" },
  ]),
)
