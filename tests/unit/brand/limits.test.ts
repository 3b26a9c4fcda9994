import { brandIds, loadBrand } from "@concierge/brands/brands.ts"
import { localesOf } from "@concierge/core/brand/Brand.ts"
import { distinct } from "@concierge/local/preview/distinct.ts"
import { problemsOf } from "@concierge/local/preview/limits.ts"
import { names } from "@concierge/local/preview/names.ts"
import { scenesOf } from "@concierge/local/preview/scenes.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"

const brands = await Promise.all(brandIds.map(loadBrand))

describe.each(brands)("what the bot of $id says", (brand) => {
  const locales = localesOf(brand)
  const everybody = locales.flatMap((locale) => Object.values(names).map((firstName) => ({ locale, firstName })))
  const scenes = scenesOf(brand)
  const apart = distinct(scenes, everybody)

  it("keeps Telegram's limits for every step, saying, language and name", () => {
    const refused = scenes.flatMap(({ shown, title }) =>
      everybody.flatMap((who) => problemsOf(shown(who)).map((problem) => ({ title, ...who, problem }))),
    )
    assert.deepStrictEqual(refused, [])
  })

  it.prop("keeps them for any name", [Schema.String], ([firstName]) => {
    for (const { shown } of apart) {
      for (const locale of locales) assert.deepStrictEqual(problemsOf(shown({ locale, firstName })), [])
    }
  })

  it("covers every step and every choice", () => {
    const titles = new Set(apart.map(({ title }) => title))
    for (const { id } of brand.flow.steps) assert.isTrue(titles.has(id), id)
    const data = new Set(
      everybody.slice(0, 1).flatMap((who) =>
        scenes.flatMap(({ shown }) => {
          const seen = shown(who)
          return "buttons" in seen ? (seen.buttons ?? []).map((button) => ("data" in button ? button.data : "")) : []
        }),
      ),
    )
    for (const step of brand.flow.steps) {
      for (const { id } of step.kind === "question" ? step.choices : []) {
        assert.isTrue(data.has(`answer:${step.id}:${id}`), `${step.id}: ${id}`)
      }
    }
  })
})

describe("a text over Telegram's limits", () => {
  it.each([
    [{ _tag: "Text", html: "a".repeat(4_097) }, "text: 4097 characters, over 4096"],
    [{ _tag: "Text", html: `<b>${"🦄".repeat(2_049)}</b>` }, "text: 4098 characters, over 4096"],
    [{ _tag: "Text", html: " \n" }, "text: it is empty"],
    [{ _tag: "Text", html: "<b>" }, 'text: Can\'t find end tag corresponding to start tag "b"'],
    [
      { _tag: "Voice", locale: "en", spoken: "Hi", written: "", caption: "a".repeat(1_025) },
      "caption: 1025 characters, over 1024",
    ],
    [{ _tag: "Voice", locale: "en", spoken: "", written: "", caption: "" }, "spoken: it is empty"],
    [{ _tag: "Text", html: "Hi", buttons: [{ text: " ", data: "menu" }] }, "button: its text is empty"],
    [
      { _tag: "Text", html: "Hi", buttons: [{ text: "Go", data: "é".repeat(33) }] },
      'button "Go": 66 bytes of data, not 1 to 64',
    ],
    [{ _tag: "Text", html: "Hi", buttons: [{ text: "Go", url: "here" }] }, 'button "Go": here is no address'],
    [{ _tag: "Toast", text: "a".repeat(201) }, "toast: 201 characters, over 200"],
    [{ _tag: "Commands", commands: [["start", ""]] }, "command start: it is empty"],
  ] as const)("is found: %#", (shown, problem) => {
    assert.deepStrictEqual(problemsOf(shown), [problem])
  })
})
