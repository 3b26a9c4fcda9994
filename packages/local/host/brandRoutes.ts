import { Brand, type BrandValue } from "@concierge/core/brand/Brand.ts"
import { commandNames } from "@concierge/core/brand/Words.ts"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { iconOf } from "./icon.ts"
import { wayOf } from "./way.ts"

/** What the page shows of the brand, so that nothing in the page is any one brand's. */
export const brandRoutes = HttpRouter.use((router) =>
  Effect.gen(function* () {
    const brand = yield* Brand
    yield* router.add("GET", "/sandbox/brand", HttpServerResponse.jsonUnsafe(shownOf(brand)))
    yield* router.add(
      "GET",
      "/icons/brand.svg",
      HttpServerResponse.text(iconOf(brand), { contentType: "image/svg+xml" }),
    )
  }),
)

const shownOf = ({ bot, fallback, flow, id, languages, links, look, name, site }: BrandValue) => ({
  id,
  name,
  site,
  bot,
  look,
  links,
  fallback,
  languages: Object.entries(languages).map(([code, { name, words }]) => ({
    code,
    name,
    description: words.description.long,
    commands: commandNames.map((command) => ({ name: command, what: words.commands[command] })),
  })),
  way: wayOf(flow),
})
