import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { trimmed } from "../../../packages/local/telegram/entities/formatted.ts"
import { parseHtml } from "../../../packages/local/telegram/entities/parseHtml.ts"

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")

const read = (html: string) => Result.getOrThrow(parseHtml(html))

describe("Telegram's HTML", () => {
  it.each([
    ["plain", "plain", []],
    [
      "<b>a</b><strong>b</strong>",
      "ab",
      [
        ["bold", 0, 1],
        ["bold", 1, 1],
      ],
    ],
    [
      "<i>a</i><em>b</em>",
      "ab",
      [
        ["italic", 0, 1],
        ["italic", 1, 1],
      ],
    ],
    [
      "<u>a</u><ins>b</ins>",
      "ab",
      [
        ["underline", 0, 1],
        ["underline", 1, 1],
      ],
    ],
    [
      "<s>a</s><strike>b</strike><del>c</del>",
      "abc",
      [
        ["strikethrough", 0, 1],
        ["strikethrough", 1, 1],
        ["strikethrough", 2, 1],
      ],
    ],
    [
      '<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>',
      "ab",
      [
        ["spoiler", 0, 1],
        ["spoiler", 1, 1],
      ],
    ],
    [
      "<code>a</code> <pre>b</pre>",
      "a b",
      [
        ["code", 0, 1],
        ["pre", 2, 1],
      ],
    ],
    ["<blockquote>a</blockquote>", "a", [["blockquote", 0, 1]]],
    ["<blockquote expandable>a</blockquote>", "a", [["expandable_blockquote", 0, 1]]],
    [
      "<B>a<I>b</></b>",
      "ab",
      [
        ["bold", 0, 2],
        ["italic", 1, 1],
      ],
    ],
    ["<b></b>x", "x", []],
    [
      "<i><b>a</b></i>",
      "a",
      [
        ["bold", 0, 1],
        ["italic", 0, 1],
      ],
    ],
    ["👋<b>👋</b>", "👋👋", [["bold", 2, 2]]],
    ["&lt;&gt;&amp;&quot;&#65;&#x1F44B;", '<>&"A👋', []],
    ["&amp;lt; &nbsp; &lt &; &#0; &#xD800; AT&T", "&lt; &nbsp; < &; &#0; &#xD800; AT&T", []],
  ] as const)("%s", (html, text, entities) => {
    const formatted = read(html)
    assert.strictEqual(formatted.text, text)
    assert.sameDeepMembers<unknown>(
      formatted.entities.map(({ type, offset, length }) => [type, offset, length]),
      [...entities],
    )
  })

  it.each([
    ['<a href="https://example.com?a=1&amp;b=2">x</a>', { type: "text_link", url: "https://example.com/?a=1&b=2" }],
    ["<a href='tg://user?id=5'>x</a>", { type: "text_link", url: "tg://user?id=5" }],
    ["<a href=example.com>x</a>", { type: "text_link", url: "http://example.com/" }],
    ['<pre><code class="language-ts">x</code></pre>', { type: "pre", language: "ts" }],
    ['<tg-emoji emoji-id="7">x</tg-emoji>', { type: "custom_emoji", custom_emoji_id: "7" }],
  ])("%s", (html, entity) => {
    assert.deepStrictEqual<unknown>(read(html).entities, [{ ...entity, offset: 0, length: 1 }])
  })

  it.each(["<a href='javascript:alert(1)'>x</a>", "<a href=''>x y</a>"])("%s links nowhere", (html) => {
    assert.deepStrictEqual(read(html).entities, [])
  })

  it.each([
    ["<b>a", `Can't find end tag corresponding to start tag "b"`],
    ["a</b>", "Unexpected end tag at byte offset 1"],
    ["<b>a</i>", `Unmatched end tag, expected "</b>", found "</i>" at byte offset 4`],
    ["<b>a</b", "Unclosed end tag at byte offset 4"],
    ["<b", "Unclosed start tag at byte offset 0"],
    ["<a href=", "Unclosed start tag at byte offset 0"],
    ["é <div>", `Unsupported start tag "div" at byte offset 3`],
    ["<span>a</span>", `Tag "span" must have class "tg-spoiler" at byte offset 0`],
    ["<a =x>a</a>", `Empty attribute name in the tag "a" at byte offset 0`],
    ["<a href>a</a>", `Expected equal sign in declaration of an attribute of the tag "a" at byte offset 7`],
  ])("%s is refused", (html, problem) => {
    assert.deepStrictEqual(parseHtml(html), Result.fail(problem))
  })

  it("blank space around a message goes, and entities move with the text", () => {
    const formatted = trimmed(read(" \n<b> a</b><i> </i>b<u>\n</u>"))
    assert.strictEqual(formatted.text, "a b")
    assert.deepStrictEqual(
      formatted.entities.map(({ type, offset, length }) => [type, offset, length]),
      [
        ["bold", 0, 1],
        ["italic", 1, 1],
      ],
    )
  })

  it.effect.prop("what was escaped is read as it was", [Schema.String], ([text]) =>
    Effect.sync(() => assert.deepStrictEqual(read(escape(text)), { text, entities: [] })),
  )

  const Piece = Schema.Struct({
    outer: Schema.Literals(["b", "u", "tg-spoiler", "blockquote"]),
    before: Schema.String,
    inner: Schema.NonEmptyString,
  })

  it.effect.prop("entities cover exactly what was between their tags", [Schema.Array(Piece)], ([pieces]) =>
    Effect.sync(() => {
      const html = pieces.map((p) => `<${p.outer}>${escape(p.before)}<i>${escape(p.inner)}</i></${p.outer}>`).join("")
      const { text, entities } = read(html)
      assert.strictEqual(text, pieces.map((piece) => piece.before + piece.inner).join(""))
      const covered = entities.map(({ offset, length }) => text.slice(offset, offset + length))
      assert.sameMembers(
        covered,
        pieces.flatMap(({ before, inner }) => [before + inner, inner]),
      )
    }),
  )
})
