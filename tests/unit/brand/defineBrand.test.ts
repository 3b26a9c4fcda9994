import { assert, describe, it } from "@effect/vitest"
import { english, lineOf, sound, untyped, withStep, words } from "./broken.ts"

const refused = (line: string) => `BrandError: brands/sample/${line}`

const choicesOf = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `c${index}` }))

describe("a brand", () => {
  it("with nothing wrong is defined", () => {
    assert.isUndefined(lineOf({}))
  })

  describe("is refused for a flow", () => {
    const [hello, , , , end] = sound.flow
    it.each([
      ["without a step", [], "flow: it has no step"],
      ["with an id twice", withStep(2, { id: "hello" }), 'flow[2].id: "hello" is another step\'s'],
      [
        "with ids that count as one",
        untyped([
          { ...hello, id: "day1" },
          { ...hello, id: "day_1" },
        ]),
        'flow[1].id: "Day1Reached" is another step\'s',
      ],
      ["with a state twice", withStep(2, { state: "PICK_SENT" }), 'flow[2].state: "PICK_SENT" is another step\'s'],
      ["with data twice", withStep(2, { data: "step:hello" }), 'flow[2].data: "step:hello" is another step\'s'],
      [
        "with an id that is none",
        withStep(0, { id: "Hello!" }),
        'flow[0].id: "Hello!" is none: use up to 24 of a-z, 0-9 and _, a letter first',
      ],
      [
        "with the state of those who have had nothing",
        withStep(0, { state: "NEW" }),
        'flow[0].state: "NEW" is of somebody who has had no step',
      ],
      [
        "with a state that is none",
        withStep(0, { state: "hello" }),
        'flow[0].state: "hello" is none: use up to 40 of A-Z, 0-9 and _, a letter first',
      ],
      [
        "with data over 64 bytes",
        withStep(0, { data: "é".repeat(33) }),
        `flow[0].data: "${"é".repeat(33)}" is over 64 bytes`,
      ],
      ["with reserved data", withStep(0, { data: "restart" }), 'flow[0].data: "restart" is a button of the menu\'s'],
      ["with data of an answer", withStep(0, { data: "answer" }), 'flow[0].data: "answer" is a button of the menu\'s'],
      [
        "with data of no form",
        withStep(0, { data: "a:b" }),
        'flow[0].data: "a:b" is none: use up to 41 of a-z, 0-9 and _, a letter first',
      ],
      [
        "with an asset that is no folder",
        withStep(3, { asset: "../film" }),
        'flow[3].asset: "../film" and "v1" are folders\' names: use a-z, 0-9, _ and -',
      ],
      [
        "with an address that is none",
        withStep(4, { url: "http://example.com" }),
        'flow[4].url: "http://example.com" does not begin with https://',
      ],
      [
        "with a code to copy that is empty",
        withStep(4, { code: "" }),
        "flow[4].code: a button copies 1 to 256 characters",
      ],
      [
        "with an effect that is none",
        withStep(4, { effect: "confetti" }),
        'flow[4].effect: "confetti" is none of Telegram\'s ids, such as 5046509860389126442',
      ],
      ["with an unknown next", withStep(0, { next: "gone" }), 'flow[0].next: there is no step "gone"'],
      [
        "that loops",
        withStep(2, { next: "hello" }),
        'flow[2].next: "hello" comes before it: people would go round in a loop',
      ],
      [
        "that leads to itself",
        withStep(2, { next: "talk" }),
        'flow[2].next: "talk" comes before it: people would go round in a loop',
      ],
      ["with one choice", withStep(1, { choices: choicesOf(1) }), "flow[1].choices: a question has two to six"],
      ["with seven choices", withStep(1, { choices: choicesOf(7) }), "flow[1].choices: a question has two to six"],
      [
        "with a choice twice",
        withStep(1, { choices: [{ id: "a" }, { id: "a" }] }),
        'flow[1].choices[1].id: "a" is another choice\'s',
      ],
      [
        "with a choice that is none",
        withStep(1, { choices: [{ id: "a" }, { id: "B:" }] }),
        'flow[1].choices[1].id: "B:" is none: use up to 24 of a-z, 0-9 and _, a letter first',
      ],
      [
        "with a choice that leads nowhere",
        withStep(1, { choices: [{ id: "a" }, { id: "b", next: "gone" }] }),
        'flow[1].choices[1].next: there is no step "gone"',
      ],
      [
        "with a choice that loops",
        withStep(1, { choices: [{ id: "a" }, { id: "b", next: "hello" }] }),
        'flow[1].choices[1].next: "hello" comes before it: people would go round in a loop',
      ],
      ["with a step out of reach", withStep(0, { next: "talk" }), 'flow[1].id: no way leads to "pick"'],
      ["after its end", untyped([end, hello, { ...end, id: "last" }]), 'flow[1].id: no way leads to "hello"'],
      ["that nobody finishes", untyped([hello]), "flow[0].kind: nobody would finish: the last step is a finish"],
    ])("%s", (_, flow, line) => {
      assert.strictEqual(lineOf({ flow }), refused(`brand.ts: ${line}`))
    })
  })

  it("is refused without a language", () => {
    assert.strictEqual(lineOf({ languages: {} }), refused("brand.ts: languages: it has none"))
  })

  it("is refused for a language that is none", () => {
    assert.strictEqual(
      lineOf({ languages: { "en-GB": english } }),
      refused('copy/languages.ts: "en-GB" is no language\'s code such as en'),
    )
    assert.strictEqual(
      lineOf({ languages: { en: { ...english, name: " " } } }),
      refused("copy/en.ts: name: it is empty"),
    )
  })

  it.each([
    [{ id: "Lucia" }, /^Polly has no voice "Lucia" that speaks en: use Nicole, .*, Tiffany$/],
    [{ engine: "long-form" } as const, /^Polly's Amy has no long-form engine: use standard or neural or generative$/],
  ])("is refused for the voice %o", (change, problem) => {
    const line = lineOf({ languages: { en: { ...english, voice: { ...english.voice, ...change } } } })
    const prefix = refused("copy/en.ts: voice: ")
    assert.strictEqual(line?.slice(0, prefix.length), prefix)
    assert.match(line?.slice(prefix.length) ?? "", problem)
  })

  it("is refused for a language that Polly does not speak", () => {
    assert.strictEqual(
      lineOf({ languages: { eo: english } }),
      refused('copy/eo.ts: voice: Polly has no voice "Amy" that speaks eo'),
    )
  })

  it.each([
    ["talk", { talk: undefined }, "talk.button"],
    ["its button", { hello: { ...words.steps.hello, button: "" } }, "hello.button"],
    ["its text", { hello: { ...words.steps.hello, text: undefined } }, "hello.text"],
    ["a choice", { pick: { ...words.steps.pick, choices: { a: "A" } } }, "pick.choices.b"],
    ["the link of its button", { end: { ...words.steps.end, link: undefined } }, "end.link"],
  ])("is refused where a language lacks the words of %s", (_, steps, field) => {
    const incomplete: typeof words = Object.assign({}, words, { steps: { ...words.steps, ...steps } })
    assert.strictEqual(
      lineOf({ languages: { en: english, fr: { ...french, words: incomplete } } }),
      refused(`copy/fr.ts: steps.${field}: it is missing`),
    )
  })

  it.each([
    [{ name: "" }, "name: it is empty"],
    [{ site: "example.com" }, 'site: "example.com" does not begin with https://'],
    [
      { bot: { username: "sample", name: "Sample" } },
      'bot.username: "sample" is none of Telegram\'s: 5 to 32 letters, digits and _, with "bot" at the end',
    ],
    [{ look: { ...sound.look, accent: "red" } }, 'look.accent: "red" is no colour such as #5a33d6'],
    [{ look: { ...sound.look, accentOnDark: "#12345" } }, 'look.accentOnDark: "#12345" is no colour such as #5a33d6'],
    [{ look: { ...sound.look, icon: "" } }, "look.icon: it is empty"],
    [
      { links: [{ title: "T", hint: "H", payload: "a b" }] },
      "links[0].payload: no link can carry it: use up to 64 of A-Z, a-z, 0-9, _ and -",
    ],
    [
      { links: [{ title: "T", hint: "H", payload: "a".repeat(65) }] },
      "links[0].payload: no link can carry it: use up to 64 of A-Z, a-z, 0-9, _ and -",
    ],
  ])("is refused for the look %o", (change, line) => {
    assert.strictEqual(lineOf(change), refused(`brand.ts: ${line}`))
  })
})

const french = { name: "Français", voice: { id: "Lea", engine: "neural", local: "fr" } } as const
