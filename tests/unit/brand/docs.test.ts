import { mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { brand } from "@concierge/brands/marea/brand.ts"
import { problemOfMedia } from "@concierge/brands/problemOfMedia.ts"
import { problemOfFlow } from "@concierge/core/brand/problemOfFlow.ts"
import { problemOfLanguages } from "@concierge/core/brand/problemOfLanguages.ts"
import { problemOfLook } from "@concierge/core/brand/problemOfLook.ts"
import { assert, describe, it } from "@effect/vitest"
import { untyped } from "./broken.ts"

const docs = readFileSync(new URL("../../../docs/brands.md", import.meta.url), "utf8")

/** The flow of marea with other fields in one step. */
const flowWith = (index: number, fields: Readonly<Record<string, unknown>>) =>
  untyped(brand.flow.steps.map((step, place) => (place === index ? { ...step, ...fields } : step)))

const { de, pt } = brand.languages
const flow = flowWith(0, {})

const portuguese = (voice: object) =>
  problemOfLanguages({ flow, languages: untypedLanguages({ pt: { ...pt, voice: { ...pt?.voice, ...voice } } }) })

const untypedLanguages = (languages: unknown): Parameters<typeof problemOfLanguages>[0]["languages"] =>
  Object.assign({}, languages)

const withoutCaption = {
  ...de,
  words: { ...de?.words, steps: { ...de?.words.steps, lesson: { ...de?.words.steps.lesson, caption: undefined } } },
}

const choices = (next: string) => [{ id: "never" }, { id: "some" }, { id: "skipper", next }]

/** What a brand would be told, in the order of the table. */
const told = [
  problemOfLanguages({ flow, languages: untypedLanguages({ de: withoutCaption }) }),
  problemOfFlow(flowWith(1, { choices: choices("lesson") })),
  problemOfFlow(flowWith(4, { next: "hello" })),
  problemOfFlow(flowWith(1, { choices: choices("boat") })),
  problemOfFlow(flowWith(6, { state: "LESSON_SENT" })),
  problemOfFlow(flowWith(1, { choices: Array.from({ length: 7 }, (_, index) => ({ id: `c${index}` })) })),
  problemOfFlow(flowWith(0, { data: "x".repeat(65) }))?.replace(/x+/, "…"),
  problemOfFlow(flowWith(0, { data: "restart" })),
  problemOfFlow(untyped(brand.flow.steps.slice(0, -1))),
  portuguese({ id: "Amy" })?.replace(/Camila, .*/, "Camila, …"),
  portuguese({ engine: "generative" }),
  problemOfMedia(brand, mkdtempSync(join(tmpdir(), "brands-"))),
  problemOfLook({ ...brand, look: { ...brand.look, accent: "teal" } }),
]

describe("docs/brands.md", () => {
  it("quotes what a brand is told, word by word", () => {
    const quoted = [...docs.matchAll(/^\| .*? \| `brands\/(.*)` +\|$/gm)].map(([, line = ""]) => line)
    assert.deepStrictEqual(
      quoted,
      told.map((line = "nothing") => (line.startsWith("brands/") ? line.slice("brands/".length) : `marea/${line}`)),
    )
  })
})
