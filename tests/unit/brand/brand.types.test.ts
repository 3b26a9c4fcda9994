import { defineFlow } from "@concierge/core/brand/Spec.ts"
import type { Addressee, Answers, WordsOf } from "@concierge/core/brand/Words.ts"
import { assert, describe, it } from "@effect/vitest"
import { english, words } from "./broken.ts"

const flow = defineFlow([
  { kind: "message", id: "hello" },
  { kind: "question", id: "pick", choices: [{ id: "a" }, { id: "b", next: "end" }] },
  { kind: "finish", id: "end", url: "https://example.com" },
])

type Steps = WordsOf<typeof flow>["steps"]
type Person = Addressee<Answers<typeof flow>>

const shared = { button: "On", hint: "Tap" }

// Each `@ts-expect-error` fails the type check as soon as what follows it compiles.

describe("the types of a brand", () => {
  it("take what is complete", () => {
    const steps: Steps = {
      hello: { ...shared, text: () => "Hello", again: "Again" },
      pick: { ...shared, text: () => "Which?", choices: { a: "A", b: "B" }, waiting: "Choose" },
      end: { ...shared, text: ({ answers }) => (answers.pick === "a" ? "A it is" : "The end"), link: "On" },
    }
    const copy: WordsOf<typeof flow> = { ...words, steps }
    assert.strictEqual(copy.steps.end.text({ answers: { pick: "a" } }), "A it is")
  })

  it("refuse words that are missing", () => {
    const hello = { ...shared, text: () => "Hello", again: "Again" }
    const pick = { ...shared, text: () => "Which?", choices: { a: "A", b: "B" }, waiting: "Choose" }
    const end = { ...shared, text: () => "The end", link: "On" }
    const { menu: _menu, ...withoutMenu } = words
    const refused: ReadonlyArray<Steps | WordsOf<typeof flow>> = [
      // @ts-expect-error a step
      { hello, pick },
      // @ts-expect-error a message's text
      { hello: { ...shared, again: "Again" }, pick, end },
      // @ts-expect-error a choice's label
      { hello, pick: { ...pick, choices: { a: "A" } }, end },
      // @ts-expect-error a choice that there is not
      { hello, pick: { ...pick, choices: { a: "A", b: "B", c: "C" } }, end },
      // @ts-expect-error the words on the button with the address
      { hello, pick, end: { ...shared, text: () => "The end" } },
      // @ts-expect-error the menu
      { ...withoutMenu, steps: { hello, pick, end } },
    ]
    assert.lengthOf(refused, 6)
  })

  it("refuse a question or an answer that is misspelt in copy", () => {
    const person: Person = { answers: { pick: "b" } }
    const read = [
      // @ts-expect-error no such question
      person.answers.pik,
      // @ts-expect-error no such choice
      person.answers.pick === "c",
      // @ts-expect-error a table of texts by choice, with one missing
      { a: "A" }[person.answers.pick ?? "b"],
    ]
    assert.deepStrictEqual(read, [undefined, false, undefined])
  })

  it("refuse a name that is not escaped", () => {
    // @ts-expect-error a name as Telegram sends it may hold markup
    const person: Person = { name: "<b>", answers: {} }
    assert.strictEqual(person.name, "<b>")
  })

  it("refuse a flow that names a step there is not, or has too few or too many choices", () => {
    const six = [{ id: "a" }, { id: "b" }, { id: "c" }, { id: "d" }, { id: "e" }, { id: "f" }] as const
    const flows = [
      // @ts-expect-error a `next` that is no step's id
      defineFlow([{ kind: "message", id: "hello", next: "gone" }]),
      // @ts-expect-error a choice's `next` that is no step's id
      defineFlow([{ kind: "question", id: "pick", choices: [{ id: "a" }, { id: "b", next: "gone" }] }]),
      // @ts-expect-error one choice
      defineFlow([{ kind: "question", id: "pick", choices: [{ id: "a" }] }]),
      // @ts-expect-error seven choices
      defineFlow([{ kind: "question", id: "pick", choices: [...six, { id: "g" }] }]),
      // @ts-expect-error a kind that there is not
      defineFlow([{ kind: "quiz", id: "pick" }]),
      // @ts-expect-error a video without its files
      defineFlow([{ kind: "video", id: "film" }]),
    ]
    assert.lengthOf(flows, 6)
  })

  it("refuse an engine that Polly has not", () => {
    // @ts-expect-error no such engine
    const voice: typeof english.voice = { ...english.voice, engine: "neuronal" }
    assert.strictEqual(voice.id, "Amy")
  })
})
