import { brandIds, loadBrand } from "@concierge/brands/brands.ts"
import { localesOf } from "@concierge/core/brand/Brand.ts"
import { pathOf } from "@concierge/core/onboarding/Flow.ts"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { Host, start } from "./support/Host.ts"
import { json } from "./support/http.ts"
import { temporaryDirectory } from "./support/process.ts"
import { walk, waysOf } from "./support/walk.ts"

const hostOf = (brand: string) =>
  Layer.effect(
    Host,
    Effect.flatMap(temporaryDirectory, (data) => start({ BRAND: brand, CONCIERGE_DATA: data })),
  )

const Shown = Schema.Struct({
  name: Schema.String,
  bot: Schema.Struct({ username: Schema.String }),
  look: Schema.Struct({ accent: Schema.String }),
  languages: Schema.Array(Schema.Struct({ code: Schema.String, name: Schema.String })),
  way: Schema.Array(Schema.Struct({ state: Schema.String, is: Schema.String })),
})

const Way = Schema.Array(
  Schema.Struct({ id: Schema.optionalKey(Schema.String), state: Schema.String, is: Schema.String }),
)

for (const id of brandIds) {
  const brand = await loadBrand(id)
  const locales = localesOf(brand)

  layer(hostOf(id), { timeout: "60 seconds", excludeTestServices: true })(`${id} over HTTP`, (it) => {
    it.effect.each(waysOf(brand).map((answers, way) => [JSON.stringify(answers), way, answers] as const))(
      "brings somebody who answers %s to the end",
      ([, way, answers]) =>
        Effect.gen(function* () {
          const locale = locales[way % locales.length] ?? brand.fallback
          const user = yield* walk(brand, 301 + way, { first_name: "Zoë", language_code: `${locale}-XX` }, answers)
          assert.deepStrictEqual(user?.answers ?? {}, answers)
          assert.isString(user?.finished_at)

          const shown = yield* json(`${(yield* Host).url}/sandbox/users/telegram_${301 + way}/way`, Way)
          const path = pathOf(brand.flow, answers).map((step) => step.state)
          assert.deepStrictEqual(
            shown?.filter(({ is }) => is === "past").map(({ state }) => state),
            ["NEW", ...path],
          )
          assert.isFalse(shown?.some(({ is }) => is === "now" || is === "due" || is === "ahead"))
        }),
    )

    it.effect("tells the page what is the brand's", () =>
      Effect.gen(function* () {
        const { url } = yield* Host
        const shown = yield* json(`${url}/sandbox/brand`, Shown)
        assert.strictEqual(shown?.name, brand.name)
        assert.strictEqual(shown?.bot.username, brand.bot.username)
        assert.strictEqual(shown?.look.accent, brand.look.accent)
        assert.deepStrictEqual(
          shown?.languages.map(({ code }) => code),
          [...locales],
        )
        assert.deepStrictEqual(
          shown?.way.map(({ is, state }) => [state, is]),
          [["NEW", "now"], ...brand.flow.steps.map(({ state }, index) => [state, index === 0 ? "due" : "ahead"])],
        )
      }),
    )
  })
}
