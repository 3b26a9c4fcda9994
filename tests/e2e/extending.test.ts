import { randomUUID } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { assert, layer } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
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
    // As it is now: by the same address Node would give what it was in the case before.
    () => import(`${pathToFileURL(`${tree.path}/brands/${id}/brand.ts`).href}?${randomUUID()}`),
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

/** One for all three, each as if it were the only one. */
class Copy extends Context.Service<Copy, Tree>()("tests/e2e/extending/Copy") {}

const extended = (change: (tree: Tree) => ReadonlyArray<string>, id: string) =>
  Effect.gen(function* () {
    const copy = yield* Copy
    yield* Effect.addFinalizer(() => Effect.sync(copy.restore))
    const touched = change(copy)
    assert.deepStrictEqual(copy.changed(), touched.toSorted())
    // The compiler beside the host, which has loaded all that it needs when it is there.
    const [types, walked] = yield* Effect.all([copy.types, hosted(copy, id)], { concurrency: 2 })
    assert.strictEqual(types, "")
    return walked
  })

const copied = Layer.effect(Copy, copiedTree)

/** Milliseconds: where `npm run types` has left nothing, the compiler looks at all of it. */
const slow = 120_000

layer(copied, { timeout: "60 seconds", excludeTestServices: true })("whoever extends it touches no more than", (it) => {
  it.effect(
    "an entry of the flow and its words, for a question",
    () =>
      Effect.gen(function* () {
        const entry = `{ kind: "question", id: "mood", choices: [{ id: "calm" }, { id: "quick", next: "finish" }] },`
        const walked = yield* extended(({ write }) => {
          write(file, put(`{ kind: "voice"`, `${entry}\n  { kind: "voice"`))
          write(inEnglish, put("steps: {", question("How do you like it?", "Calm", "Quick")))
          write(inSpanish, put("steps: {", question("¿Cómo te gusta?", "Con calma", "Rápido")))
          return [file, inEnglish, inSpanish]
        }, "concierge")
        const es = yield* walked(401, "es", { mood: "calm" })
        assert.deepStrictEqual(es.user?.answers, { mood: "calm" })
        assert.include(es.said, "¿Cómo te gusta?")
        const en = yield* walked(402, "en", { mood: "quick" })
        assert.strictEqual(en.user?.state, stepOf("finish").state)
      }),
    slow,
  )

  it.effect(
    "a copy file, a line and a medium, for a language",
    () =>
      Effect.gen(function* () {
        const inFrench = "brands/concierge/copy/fr.ts"
        const medium = `brands/concierge/${welcomeVideoKey("fr")}`
        const walked = yield* extended(({ copy, write }) => {
          copy(inEnglish, inFrench)
          write(inFrench, put('"English"', '"Français"'))
          write(inFrench, put('"Matthew", engine: "neural", local: "en-us"', '"Lea", engine: "neural", local: "fr"'))
          write(inFrench, put("Welcome to Concierge.</b>", "Bienvenue chez Concierge.</b>"))
          write(languages, put('from "./es.ts"\n', `from "./es.ts"\nexport * as fr from "./fr.ts"\n`))
          copy(`brands/concierge/${welcomeVideoKey("en")}`, medium)
          return [inFrench, languages, medium]
        }, "concierge")
        const { said, user } = yield* walked(403, "fr-CA")
        assert.strictEqual(user?.state, stepOf("finish").state)
        assert.include(said, "Bienvenue chez Concierge.")
      }),
    slow,
  )

  it.effect(
    "a folder, for a brand",
    () =>
      Effect.gen(function* () {
        const folder = [
          "brands/thalia/brand.ts",
          "brands/thalia/copy/languages.ts",
          "brands/thalia/copy/en.ts",
        ] as const
        const [own, listed, words] = folder
        const walked = yield* extended(({ write }) => {
          write(own, thalia)
          write(listed, `export * as en from "./en.ts"\n`)
          write(words, readFileSync(join(root, inEnglish), "utf8"))
          write(words, (text) =>
            text.replace(/ {2}steps: \{[\s\S]*?\n {2}\},\n/, steps).replaceAll("Concierge", "Thalia"),
          )
          return folder
        }, "thalia")
        const { said, user } = yield* walked(404, "de")
        assert.strictEqual(user?.state, "SEATED")
        assert.include(said, "The curtain rises")
        assert.notInclude(said, concierge.name)
      }),
    slow,
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
