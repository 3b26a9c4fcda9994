import { localeOf } from "@concierge/core/brand/Locale.ts"
import { assert, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { brand } from "../../../brands/concierge/brand.ts"

it("the first subtag decides, in any case and with either separator", () => {
  for (const code of ["es", "es-MX", "es_419", "ES", "es-"]) assert.strictEqual(localeOf(brand, code), "es")
  for (const code of ["en", "en-GB", "EN_us"]) assert.strictEqual(localeOf(brand, code), "en")
})

it("what we have no copy for is English", () => {
  for (const code of [undefined, "", "-", "-es", "est", "fr", "pt-BR", "constructor"]) {
    assert.strictEqual(localeOf(brand, code), "en")
  }
})

it.prop("every code has a language", [Schema.String], ([code]) => {
  assert.include(["en", "es"], localeOf(brand, code))
})
