import { readFileSync } from "node:fs"
import { parse, type StartPayload } from "@concierge/core/attribution/StartPayload.ts"
import { assert, describe, it } from "@effect/vitest"

/** The rows of the table on the page: what comes after `/start`, and what it is understood as. */
const rows = readFileSync(new URL("../../../docs/links.md", import.meta.url), "utf8")
  .split("\n")
  .flatMap((line) => {
    const [, payload, meaning] = /^\| `(.*?)` +\| (.*?) +\|$/.exec(line) ?? []
    return payload === undefined || meaning === undefined ? [] : [{ payload: written(payload), meaning }]
  })

/** `\\u0007` and the like stand for what would not be seen; the page says the rest. */
function written(payload: string): string {
  return payload
    .replaceAll(/\\u([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/⟨(.*?)⟩/g, (_, text: string) => Buffer.from(text.replaceAll("¦", "|")).toString("base64url"))
    .replaceAll(/(.)×(\d+)/gu, (_, one: string, times: string) => one.repeat(Number(times)))
    .replaceAll("¦", "|")
}

const told = (payload: StartPayload): string => {
  switch (payload._tag) {
    case "None":
      return "nothing"
    case "Link":
      return payload.clickId === undefined
        ? `link ${payload.linkId}`
        : `link ${payload.linkId}, click ${payload.clickId}`
    case "NotUnderstood":
      return `last touch only: ${payload.reason}`
    case "Understood": {
      const { ref_code, utm } = payload.attribution
      const named = Object.entries({ ref: ref_code, ...utm }).filter(([, value]) => value !== undefined)
      return `${payload.form}: ${named.map(([name, value]) => `${name} \`${value}\``).join(", ")}`
    }
  }
}

describe("what the page on links says", () => {
  it("is a hundred payloads and more", () => assert.isAtLeast(rows.length, 100))

  it.each(rows)("$payload: $meaning", ({ meaning, payload }) => {
    assert.strictEqual(told(parse(payload)).slice(0, 140), meaning.replaceAll("¦", "|"))
  })
})
