import {
  displayName,
  escapeHtml,
  maxGraphemes,
  maxHeard,
  maxSpoken,
  maxUnits,
  spokenName,
} from "@concierge/core/onboarding/Name.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"

const isolated = (text: string): string => `\u2068${text}\u2069`

describe("a name that is shown", () => {
  it("arrives intact", () => {
    assert.strictEqual(displayName("a_b*<c>"), isolated("a_b*&lt;c&gt;"))
    assert.strictEqual(displayName("محمد", "العربي"), isolated("محمد العربي"))
    assert.strictEqual(displayName('Tom & "Jerry"'), isolated("Tom &amp; &quot;Jerry&quot;"))
    assert.strictEqual(displayName("👨‍👩‍👧 Ana"), isolated("👨‍👩‍👧 Ana"))
    assert.strictEqual(displayName("&amp;"), isolated("&amp;amp;"))
  })

  it("is of one or two parts", () => {
    assert.strictEqual(displayName(" Ana ", " López "), isolated("Ana López"))
    assert.strictEqual(displayName(undefined, "López"), isolated("López"))
  })

  it("is none when there is nothing to see", () => {
    for (const name of [undefined, "", "  ", "\u200b\u200d", "\u3164", "\u202e\u2069", "\0\n"]) {
      assert.isUndefined(displayName(name))
    }
  })

  it("cannot break out of its isolation", () => {
    assert.strictEqual(displayName("\u2069\u202eAna\u2068\u200f"), isolated("Ana"))
  })

  it("has no line breaks, controls or halves of characters", () => {
    assert.strictEqual(displayName("A\nn\u0007a\ud800"), isolated("A na\ufffd"))
  })

  it("is cut between graphemes, before it is escaped", () => {
    assert.strictEqual(displayName("<".repeat(64)), isolated("&lt;".repeat(64)))
    assert.strictEqual(displayName("<".repeat(65)), isolated(`${"&lt;".repeat(64)}…`))
    const flag = "🇪🇸"
    assert.strictEqual(displayName(flag.repeat(100)), isolated(`${flag.repeat(64)}…`))
  })

  it("is bounded even if one grapheme is endless", () => {
    const endless = `a${"\u0301".repeat(5000)}`
    assert.strictEqual(displayName(endless), isolated(`${endless.slice(0, maxUnits)}…`))
    assert.strictEqual(displayName(`Ana ${endless}`), isolated("Ana…"))
  })
})

describe("a name that is spoken", () => {
  const cases: ReadonlyArray<readonly [string, string | undefined]> = [
    ["Ana", "Ana"],
    ["José  María", "José María"],
    ["Nguye\u0302\u0303n", "Nguyễn"],
    ["O’Brien", "O'Brien"],
    ["Jean‑Luc", "Jean-Luc"],
    ["🌸Anna🌸Maria", "Anna Maria"],
    ["\u200fAn\u200bna\u202e", "Anna"],
    ["𝓐𝓷𝓷𝓪", "Anna"],
    ["A\u0337n\u0337n\u0337a", "Anna"],
    ["<b>Ana</b>", "Ana"],
    ["<Ana>", "Ana"],
    ["Ana123_", "Ana"],
    ["--Ana--", "Ana"],
    ["x".repeat(500), "x".repeat(40)],
    [`${"x".repeat(39)} y`, "x".repeat(39)],
    ["محمد", undefined],
    ["Анна", undefined],
    ["😀", undefined],
    ["-'-", undefined],
    ["", undefined],
  ]
  for (const [name, expected] of cases) {
    it(`${name.slice(0, 20)} → ${expected?.slice(0, 20)}`, () => {
      const spoken: string | undefined = spokenName(name)
      assert.strictEqual(spoken, expected)
    })
  }

  it("may be missing", () => assert.isUndefined(spokenName(undefined)))

  // One above, one below, and so on: to sort them, each below moves past all those above that stand before it.
  it("is looked for near the beginning only, where marks are soon sorted", () => {
    const marks = "\u0301\u0323".repeat(maxHeard)
    const spoken = [`Ana ${marks}`, `${marks.slice(3, maxHeard)}Ana`, `${marks}Ana`].map(spokenName)
    assert.deepStrictEqual<ReadonlyArray<string | undefined>>(spoken, ["Ana", "Ana", undefined])
  })
})

it("escapes what HTML gives a meaning", () => {
  const escaped: string = escapeHtml(`<a href="x">&amp;</a>`)
  assert.strictEqual(escaped, "&lt;a href=&quot;x&quot;&gt;&amp;amp;&lt;/a&gt;")
})

const parts = [
  "a",
  "É",
  "ñ",
  "e\u0301",
  "'",
  "’",
  "-",
  "–",
  " ",
  "\t",
  "<",
  ">",
  "b",
  "</b>",
  "&",
  '"',
  "&lt;",
  "م",
  "א",
].concat([
  "\u2066",
  "\u2067",
  "\u2068",
  "\u2069",
  "\u202a",
  "\u202e",
  "\u200f",
  "\u200d",
  "👩",
  "👧",
  "🇪",
  "🇸",
  "\ud800",
  "\udc00",
  "\0",
])
const odd = Arbitrary.map(Arbitrary.array(Arbitrary.schema(Schema.Literals(parts)), { maxLength: 300 }), (all) =>
  all.join(""),
)
const units = Arbitrary.map(
  Arbitrary.array(Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 0xffff }))), {
    maxLength: 400,
  }),
  (codes) => String.fromCharCode(...codes),
)

const unescaped = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&")

const graphemes = (text: string): number => [...new Intl.Segmenter("en").segment(text)].length

for (const [name, texts] of Object.entries({ odd, units, string: Arbitrary.schema(Schema.String) })) {
  it.prop(
    `whatever the name, what is shown is escaped, isolated and bounded (${name})`,
    [texts, texts],
    ([first, last]) => {
      const shown = displayName(first, last)
      if (shown === undefined) return
      assert.match(shown, /^\u2068[^\u2066-\u2069\u202a-\u202e\u200e\u200f\u061c]+\u2069$/)
      assert.notMatch(shown, /[<>"\n\0]|&(?!(?:amp|lt|gt|quot);)/)
      assert.isTrue(shown.isWellFormed())
      const text = unescaped(shown.slice(1, -1))
      assert.isAtMost(text.length, maxUnits + 1)
      assert.isAtMost(graphemes(text), maxGraphemes + 1)
    },
    { arbitrary: { runs: 500 } },
  )

  it.prop(
    `whatever the name, what is spoken is a few Latin words (${name})`,
    [texts],
    ([text]) => {
      const spoken = spokenName(text)
      if (spoken === undefined) return
      assert.match(spoken, /^\p{Script=Latin}+(?:[ '-]\p{Script=Latin}+)*$/u)
      assert.isAtMost(spoken.length, maxSpoken)
      assert.strictEqual(spokenName(spoken), spoken)
    },
    { arbitrary: { runs: 500 } },
  )
}

it.prop(
  "a name of plain ASCII becomes what the rules for any other make of it",
  [Arbitrary.schema(Schema.String.check(Schema.isPattern(/^[ -~]*$/)))],
  ([name]) => {
    // A mark that both take away, and by which it is not plain any more.
    assert.strictEqual(displayName(name), displayName(`${name}\u2069`))
    assert.strictEqual(spokenName(name), spokenName(`${name}\u2060`))
  },
  { arbitrary: { runs: 500 } },
)
