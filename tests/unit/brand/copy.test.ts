import type { Words } from "@concierge/brands/concierge/brand.ts"
import { brand } from "@concierge/brands/concierge/brand.ts"
import { commandNames } from "@concierge/core/brand/Words.ts"
import { displayName, escapeHtml, spokenName } from "@concierge/core/onboarding/Name.ts"
import { kept } from "@concierge/core/retention.ts"
import { assert, describe, it } from "@effect/vitest"
import { welcomeVideoKey } from "../../fixtures/concierge.ts"
import { copy, copyLocales } from "../../fixtures/copy.ts"

const longest = displayName("<&>".repeat(60))
const url = escapeHtml(`https://example.com/v.mp4?a=1&b="${"x".repeat(1500)}`)
const answers = {}

/** All that is sent as HTML; captions are allowed 1,024 characters after parsing, other messages 4,096. */
const messages = (words: Words) => {
  const { finish, greeting, video } = words.steps
  const named = [{ name: longest, answers }, { answers }]
  return {
    captions: named.flatMap((to) => [video.caption(to), greeting.caption(to)]),
    texts: [
      ...named.flatMap((to) => [greeting.written(to), finish.text(to), video.link({ ...to, url })]),
      ...[video.hint, greeting.hint, finish.hint, words.finished],
      words.again,
      words.startFirst,
      words.linkOver,
      words.menu.text,
      words.help({ languages: "English or Spanish" }),
      words.language.question,
      words.language.chosen,
      words.restarted,
      words.forget.question(10),
      words.forget.kept,
      words.forget.expired(10),
      words.forget.done(kept),
      words.forget.unknown,
      words.group.text,
    ],
  }
}

const buttons = ({ forget, group, menu, steps }: Words): ReadonlyArray<string> => [
  ...Object.values(steps).map(({ button }) => button),
  steps.video.again,
  steps.greeting.again,
  menu.language,
  menu.restart,
  forget.yes,
  forget.no,
  group.button,
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
  assert.notMatch(html, /undefined|\[object|=>/)
}

describe.each(copyLocales)("the default brand's copy in %s", (locale) => {
  const words = copy[locale]
  const { finish, greeting, video } = words.steps

  it("is HTML as Telegram takes it, within its limits", () => {
    const { captions, texts } = messages(words)
    for (const html of [...captions, ...texts]) {
      assertTelegramHtml(html)
      assert.isNotEmpty(parsed(html).trim())
    }
    for (const caption of captions) assert.isAtMost(parsed(caption).length, 1024)
    for (const text of texts) assert.isAtMost(parsed(text).length, 4096)
  })

  it("has plain buttons, toasts and commands, within Telegram's limits", () => {
    for (const text of buttons(words)) assert.match(text, /^[^<>&]{1,40}$/)
    for (const toast of Object.values(words.toasts)) assert.match(toast, /^[^<>&]{1,200}$/)
    assert.deepStrictEqual(Object.keys(words.commands), [...commandNames])
    for (const description of Object.values(words.commands)) assert.match(description, /^[^<>&]{3,256}$/)
  })

  it("says the name, or does without", () => {
    const name = displayName("a_b*<c>")
    for (const address of [video.caption, greeting.caption, greeting.written, finish.text]) {
      assert.include(address({ name, answers }), "\u2068a_b*&lt;c&gt;\u2069")
    }
    const jose = { name: spokenName("José"), answers }
    assert.include(greeting.spoken(jose), "José")
    for (const spoken of [greeting.spoken({ answers }), greeting.spoken(jose)]) {
      assert.include(spoken, brand.name)
      assert.notMatch(spoken, /[<>&\p{Extended_Pictographic}]/u)
    }
  })

  it("takes no raw name", () => {
    // @ts-expect-error a string has not been escaped
    finish.text({ name: "Ana", answers })
    // @ts-expect-error what is shown is not what is spoken
    greeting.spoken({ name: displayName("Ana"), answers })
  })

  it("says in the answer to /forgetme how long each copy lives", () => {
    const done = words.forget.done(kept)
    for (const days of Object.values(kept)) assert.match(done, new RegExp(`\\b${days} d`))
    assert.include(done, "Telegram")
  })

  it("explains every command that the help names, and no unknown one", () => {
    const help = words.help({ languages: "English or Spanish" })
    for (const [, name] of [help, words.startFirst, words.toasts.finished, words.forget.expired(10)]
      .join(" ")
      .matchAll(/(?<!<)\/([a-z]+)/g)) {
      assert.include(commandNames, name)
    }
    for (const name of ["menu", "language", "restart", "forgetme"]) assert.include(help, `/${name}`)
  })

  it("lists in the help the languages that it is told", () => {
    assert.include(words.help({ languages: "Klingon" }), "Klingon")
  })

  it("names the brand", () => assert.include(finish.text({ answers }), brand.name))

  it("has its own video", () => assert.strictEqual(welcomeVideoKey(locale), `media/welcome/v1/welcome_${locale}.mp4`))
})

it("nothing is left untranslated", () => {
  const all = (words: Words) => [...messages(words).captions, ...messages(words).texts, ...buttons(words)]
  const english = all(copy.en)
  all(copy.es).forEach((text, index) => {
    assert.notStrictEqual(text, english[index])
  })
})
