import { readFileSync } from "node:fs"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { says, somebody } from "../layers/updates.ts"
import { concierge } from "./operator/concierge.ts"
import { oneMachine, Site, tell } from "./operator/places.ts"
import { webhook } from "./operator/webhook.ts"
import { temporaryDirectory } from "./support/process.ts"

const runbook = readFileSync(new URL("../../docs/runbook.md", import.meta.url), "utf8")

/** What is typed in it, in the order of the page. */
const lines = [...runbook.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = ""]) =>
  block.trimEnd().split("\n"),
)

const words = (line: string): ReadonlyArray<string> =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "")

layer(oneMachine, { excludeTestServices: true })("the runbook", (it) => {
  it.effect("can be typed as it stands, on a night on which everything is wrong", () =>
    Effect.gen(function* () {
      const { die } = yield* Site
      yield* webhook
      const directory = yield* temporaryDirectory
      assert.isAbove(lines.length, 20)
      for (const line of lines) {
        const [npx, tool, ...args] = words(line)
        assert.deepStrictEqual([npx, tool], ["npx", "concierge"], line)
        const [person, odd] = [somebody(), yield* says(somebody(), "/start")]
        const [began, dead] = [yield* says(person, "/start ref_a"), yield* says(person, "/menu")]
        yield* tell(began)
        yield* tell({ ...odd, message: { ...odd.message, date: "today" } })
        yield* die(JSON.stringify(dead))
        const meant: Readonly<Record<string, string>> = {
          "<update>": String(dead.update_id),
          "<parked>": String(odd.update_id),
          "<person>": String(person.id),
          "<file>": `${directory}/backup.tgz`,
        }
        const { status, stderr, stdout } = yield* concierge(...args.map((word) => meant[word] ?? word))
        // 1: something is wrong with what was looked at, as it is tonight.
        assert.include(["0 ", "1 "], `${status} ${stderr}`, line)
        assert.isNotEmpty(stdout, line)
      }
    }),
  )
})
