import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import type { Ran, studied } from "../../way/studied.ts"

const main = fileURLToPath(new URL("../../way/main.ts", import.meta.url))
const decisions = readFileSync(new URL("../../../docs/decisions.md", import.meta.url), "utf8")

type Counted = { readonly ran: Ran } & Awaited<ReturnType<typeof studied>>

describe("a tap on its way from the handler to the commit", () => {
  const { circle, onTheWay, ran }: Counted = JSON.parse(
    // Its environment is its own: a worker started where another test has put links of SST's finds those.
    execFileSync(process.execPath, [main, "--json"], { encoding: "utf8", env: { PATH: process.env.PATH } }),
  )

  it("is studied in at most 25 files of ours, which the decisions name", () => {
    assert.isAtMost(onTheWay.length, 25)
    for (const step of ["batch", "update", "attempt", "begin", "claim", "send"]) {
      assert.include(onTheWay, `packages/core/delivery/${step}.ts`)
    }
    const named = [...decisions.matchAll(/^\d+\. `(packages\/\S+\.ts)`/gm)].map(([, file]) => file)
    assert.sameMembers(named, [...onTheWay])
  })

  it("comes by each of them once: none leads back to one before", () => assert.isUndefined(circle))

  it.each([
    ["packages/core/updates/Update.ts", "decodeUpdate"],
    ["packages/core/onboarding/Action.ts", "incomingOf"],
    ["packages/core/onboarding/Action.ts", "payloadOf"],
    ["packages/core/onboarding/profile.ts", "withProfile"],
    ["packages/core/onboarding/messages.ts", "localeFor"],
    ["packages/core/onboarding/messages.ts", "messageOf"],
    ["packages/core/onboarding/decide.ts", "decide"],
    ["packages/core/onboarding/commit.ts", "commit"],
    ["packages/core/forgetting/forgotten.ts", "forgottenEnding"],
    ["packages/core/layers/Greetings.ts", "greeting"],
  ])("runs once what needs no second time: %s, %s", (file, name) => assert.strictEqual(ran[file]?.[name], 1))
})
