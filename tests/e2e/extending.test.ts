import { readFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { brand as concierge } from "../../brands/concierge/brand.ts"
import { stepOf, welcomeVideoKey } from "../fixtures/concierge.ts"
import { Host, startIn } from "./support/Host.ts"
import { root, temporaryDirectory } from "./support/process.ts"
import { copiedTree, type Tree } from "./support/tree.ts"
import { type Answers, walk } from "./support/walk.ts"

const inEnglish = "brands/concierge/copy/en.ts"
const inSpanish = "brands/concierge/copy/es.ts"
const file = "brands/concierge/brand.ts"
const languages = "brands/concierge/copy/languages.ts"

/** A change that is not in the text any more would change nothing. */
const put =
  (before: string, after: string) =>
  (text: string): string => {
    assert.include(text, before)
    return text.replace(before, after)
  }

/** A host of the copy, and what people are sent by it from /start to the end. */
const hosted = Effect.fnUntraced(function* (tree: Tree, id: string) {
  const host = yield* startIn(tree.path, { BRAND: id, CONCIERGE_DATA: yield* temporaryDirectory })
  const { brand }: { readonly brand: BrandValue } = yield* Effect.promise(
    () => import(pathToFileURL(`${tree.path}/brands/${id}/brand.ts`).href),
  )
  return Effect.fnUntraced(function* (chatId: number, language: string, answers: Answers = {}) {
    const person = { first_name: "Ana", language_code: language }
    const user = yield* Effect.provideService(walk(brand, chatId, person, answers), Host, host)
    return { user, said: JSON.stringify(yield* host.messages(chatId)) }
  })
})

const question = (text: string, first: string, second: string) => `steps: {
    mood: {
      button: "Next",
      hint: "A question comes next 👇",
      text: ({ name }) => \`\${name ?? ""} ${text}\`,
      choices: { calm: "${first}", quick: "${second}" },
      waiting: "Choose an answer 👇",
    },`

describe("whoever extends it touches no more than", () => {
  it.live(
    "an entry of the flow and its words for a question, a copy file, a line and a medium for a language, a folder for a brand",
    () =>
      Effect.gen(function* () {
        const tree = yield* copiedTree
        const seen = new Set<string>()
        /** What was not touched before. The compiler looks at all of it once, which takes it longer than all the rest. */
        const touched = () => {
          const more = tree.changed().filter((file) => !seen.has(file))
          for (const file of more) seen.add(file)
          return more
        }

        const entry = `{ kind: "question", id: "mood", choices: [{ id: "calm" }, { id: "quick", next: "finish" }] },`
        tree.write(file, put(`{ kind: "voice"`, `${entry}\n  { kind: "voice"`))
        tree.write(inEnglish, put("steps: {", question("How do you like it?", "Calm", "Quick")))
        tree.write(inSpanish, put("steps: {", question("¿Cómo te gusta?", "Con calma", "Rápido")))
        assert.deepStrictEqual(touched(), [file, inEnglish, inSpanish])

        const inFrench = "brands/concierge/copy/fr.ts"
        tree.copy(inEnglish, inFrench)
        tree.write(inFrench, put('"English"', '"Français"'))
        tree.write(inFrench, put('"Matthew", engine: "neural", local: "en-us"', '"Lea", engine: "neural", local: "fr"'))
        tree.write(inFrench, put("Welcome to Concierge.</b>", "Bienvenue chez Concierge.</b>"))
        const line = 'export * as fr from "./fr.ts"'
        tree.write(languages, put('from "./es.ts"\n', `from "./es.ts"\n${line}\n`))
        const medium = `brands/concierge/${welcomeVideoKey("fr")}`
        tree.copy(`brands/concierge/${welcomeVideoKey("en")}`, medium)
        assert.deepStrictEqual(touched(), [inFrench, languages, medium])

        const [own, copy] = ["brands/thalia/brand.ts", "brands/thalia/copy/en.ts"]
        const listed = "brands/thalia/copy/languages.ts"
        tree.write(own, thalia)
        tree.write(listed, `export * as en from "./en.ts"\n`)
        tree.write(copy, readFileSync(join(root, inEnglish), "utf8"))
        tree.write(copy, (text) =>
          text.replace(/ {2}steps: \{[\s\S]*?\n {2}\},\n/, steps).replaceAll("Concierge", "Thalia"),
        )
        assert.deepStrictEqual(touched(), [own, copy, listed])

        assert.strictEqual(yield* tree.types, "")
        const extended = yield* hosted(tree, "concierge")
        const es = yield* extended(401, "es", { mood: "calm" })
        assert.deepStrictEqual(es.user?.answers, { mood: "calm" })
        assert.include(es.said, "¿Cómo te gusta?")
        const fr = yield* extended(402, "fr-CA", { mood: "quick" })
        assert.strictEqual(fr.user?.state, stepOf("finish").state)
        assert.include(fr.said, "Bienvenue chez Concierge.")

        const { said, user } = yield* (yield* hosted(tree, "thalia"))(403, "de")
        assert.strictEqual(user?.state, "SEATED")
        assert.include(said, "The curtain rises")
        assert.notInclude(said, concierge.name)
      }),
    120_000,
  )
})

const thalia = `import { defineBrand } from "@concierge/core/brand/defineBrand.ts"
import { defineFlow } from "@concierge/core/brand/Spec.ts"
import type { WordsOf } from "@concierge/core/brand/Words.ts"
import * as languages from "./copy/languages.ts"

const flow = defineFlow([
  { kind: "message", id: "curtain" },
  { kind: "finish", id: "seat", state: "SEATED", url: "https://example.com/thalia" },
])

export type Words = WordsOf<typeof flow>

export const brand = defineBrand({
  id: "thalia",
  name: "Thalia",
  site: "https://example.com/thalia",
  bot: { username: "thalia_theatre_bot", name: "Thalia" },
  look: { accent: "#9b1c31", accentOnDark: "#ff8a9a", icon: "🎭" },
  links: [],
  languages,
  flow,
})
`

const steps = `  steps: {
    curtain: {
      button: "Begin",
      hint: "Tap the button 👇",
      text: ({ name }) => \`The curtain rises\${name ? \`, \${name}\` : ""}.\`,
      again: "Once more",
    },
    seat: { button: "Take a seat", hint: "Your seat is waiting 👇", text: () => "Enjoy the evening.", link: "Programme" },
  },
`
