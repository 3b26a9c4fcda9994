import { brand, brandName, retentionDays, welcomeVideoKey } from "@concierge/core/brand/brand.ts"
import { type Catalogue, catalogue, commandNames, restarted } from "@concierge/core/brand/Catalogue.ts"
import { locales } from "@concierge/core/brand/Locale.ts"
import { displayName, escapeHtml, spokenName } from "@concierge/core/onboarding/Name.ts"
import { assert, describe, it } from "@effect/vitest"

const longest = displayName("<&>".repeat(60))
const url = escapeHtml(`https://example.com/v.mp4?a=1&b="${"x".repeat(1500)}`)

/** All that is sent as HTML; captions are allowed 1,024 characters after parsing, other messages 4,096. */
const messages = (
  copy: Catalogue,
): { readonly captions: ReadonlyArray<string>; readonly texts: ReadonlyArray<string> } => ({
  captions: [longest, undefined].flatMap((name) => [copy.video.caption(name), copy.greeting.caption(name)]),
  texts: [
    ...[longest, undefined].flatMap((name) => [copy.greeting.written(name), copy.finish(name)]),
    copy.video.link(url),
    ...Object.values(copy.hints),
    copy.again,
    copy.startFirst,
    copy.menu.text,
    copy.help,
    copy.language.question,
    copy.language.chosen,
    copy.restarted,
    copy.forget.question,
    copy.forget.kept,
    copy.forget.expired,
    copy.forget.done,
    copy.forget.unknown,
    copy.group.text,
    copy.linkGone,
  ],
})

const buttons = (copy: Catalogue): ReadonlyArray<string> => [
  ...Object.values(copy.buttons),
  copy.menu.video,
  copy.menu.greeting,
  copy.menu.language,
  copy.menu.restart,
  copy.forget.yes,
  copy.forget.no,
  copy.group.button,
]

const parsed = (html: string): string => html.replace(/<[^>]*>/g, "").replace(/&\w+;/g, "&")

/** Telegram refuses a message whose tags do not close in order. */
const assertTelegramHtml = (html: string): void => {
  const open: Array<string> = []
  for (const [, slash, tag = "", attributes] of html.matchAll(/<(\/?)([^\s>]*)([^>]*)>/g)) {
    if (slash === "/") {
      assert.strictEqual(open.pop(), tag, html)
    } else {
      assert.match(`${tag}${attributes}`, /^(?:b|i|a href="[^"<>]+")$/)
      open.push(tag)
    }
  }
  assert.isEmpty(open)
  assert.notMatch(html, /&(?!(?:amp|lt|gt|quot);)/)
  assert.notMatch(html, /undefined|\[object/)
}

describe.each(locales)("the catalogue in %s", (locale) => {
  const copy = catalogue(locale)
  const { captions, texts } = messages(copy)

  it("is HTML as Telegram takes it, within its limits", () => {
    for (const html of [...captions, ...texts]) {
      assertTelegramHtml(html)
      assert.isNotEmpty(parsed(html).trim())
    }
    for (const caption of captions) assert.isAtMost(parsed(caption).length, 1024)
    for (const text of texts) assert.isAtMost(parsed(text).length, 4096)
  })

  it("has plain buttons, toasts and commands, within Telegram's limits", () => {
    for (const text of buttons(copy)) assert.match(text, /^[^<>&]{1,40}$/)
    for (const toast of Object.values(copy.toasts)) assert.match(toast, /^[^<>&]{1,200}$/)
    assert.deepStrictEqual(Object.keys(copy.commands), [...commandNames])
    for (const description of Object.values(copy.commands)) assert.match(description, /^[^<>&]{3,256}$/)
  })

  it("says the name, or does without", () => {
    const name = displayName("a_b*<c>")
    for (const address of [copy.video.caption, copy.greeting.caption, copy.greeting.written, copy.finish]) {
      assert.include(address(name), "\u2068a_b*&lt;c&gt;\u2069")
    }
    assert.include(copy.greeting.spoken(spokenName("José")), "José")
    for (const spoken of [copy.greeting.spoken(), copy.greeting.spoken(spokenName("José"))]) {
      assert.include(spoken, brand.name)
      assert.notMatch(spoken, /[<>&\p{Extended_Pictographic}]/u)
    }
  })

  it("takes no raw name", () => {
    // @ts-expect-error a string has not been escaped
    copy.finish("Ana")
    // @ts-expect-error what is shown is not what is spoken
    copy.greeting.spoken(displayName("Ana"))
  })

  it("says in the answer to /forgetme how long each copy lives", () => {
    for (const days of Object.values(retentionDays)) assert.match(copy.forget.done, new RegExp(`\\b${days} d`))
    assert.include(copy.forget.done, "Telegram")
  })

  it("explains every command that the help names, and no unknown one", () => {
    for (const [, name] of [copy.help, copy.startFirst, copy.toasts.finished, copy.forget.expired]
      .join(" ")
      .matchAll(/(?<!<)\/([a-z]+)/g)) {
      assert.include(commandNames, name)
    }
  })

  it("names the brand", () => assert.include(copy.finish(), brandName))

  it("has its own video", () => assert.strictEqual(welcomeVideoKey(locale), `media/welcome/v1/welcome_${locale}.mp4`))
})

it("nothing is left untranslated", () => {
  const [en, es] = [catalogue("en"), catalogue("es")]
  const all = (copy: Catalogue) => [...messages(copy).captions, ...messages(copy).texts, ...buttons(copy)]
  const english = all(en)
  all(es).forEach((text, index) => {
    assert.notStrictEqual(text, english[index])
  })
})

it("a restart is confirmed in both languages", () => {
  for (const locale of locales) assert.include(restarted, catalogue(locale).restarted)
})
