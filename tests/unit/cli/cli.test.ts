import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { linkPayload, parse } from "@concierge/core/attribution/StartPayload.ts"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import decodeQR from "qr/decode.js"
import { encode } from "uqr"
import { Tables } from "../../../packages/local/store/Tables.ts"

const main = fileURLToPath(new URL("../../../packages/cli/main.ts", import.meta.url))
const directory = mkdtempSync(join(tmpdir(), "concierge-cli-"))

const run = (...args: ReadonlyArray<string>) => {
  const env = { ...process.env, CONCIERGE_DATA: directory, NO_COLOR: "1" }
  const { status, stderr, stdout } = spawnSync(process.execPath, [main, ...args], { encoding: "utf8", env })
  return { status, stderr, stdout }
}

beforeAll(() =>
  Effect.runPromise(Effect.scoped(Layer.build(Tables.layer(join(directory, "concierge.sqlite"))))).then(() => {}),
)
afterAll(() => rmSync(directory, { recursive: true }))

describe("concierge link", () => {
  it("makes links that are read back, and lists them", () => {
    const made = run("link", "create", "--name", "Poster", "--campaign", "spring", "--json")
    assert.deepInclude(made, { status: 0, stderr: "" })
    const [link] = JSON.parse(made.stdout)
    assert.deepInclude(link, {
      name: "Poster",
      utm: { campaign: "spring" },
      state: "good",
      payload: linkPayload(link.id),
    })
    assert.strictEqual(link.url, `https://t.me/concierge_demo_bot?start=${link.payload}`)
    assert.deepInclude(parse(link.payload), { _tag: "Link", linkId: link.id })
    const [listed] = JSON.parse(run("link", "list", "--json").stdout)
    assert.deepStrictEqual(listed, link)
    assert.include(run("link", "disable", link.id).stdout, "in force within a minute")
    assert.include(JSON.parse(run("link", "show", link.id, "--json").stdout), { state: "disabled" })
  })

  it("makes a hundred at once from a file", () => {
    const path = join(directory, "placements.csv")
    const lines = Array.from({ length: 100 }, (_, index) => `"Stop, ${index}",bus,summer`)
    writeFileSync(path, ["name,source,campaign", ...lines].join("\n"))
    const { status, stdout } = run("link", "create", "--csv", path)
    assert.strictEqual(status, 0)
    assert.lengthOf(stdout.trim().split("\r\n"), 101)
    assert.match(stdout, /"Stop, 7",https:\/\/t\.me\/\w+\?start=l_[\w-]{16}/)
  })

  it("draws QR codes that another program reads", () => {
    const url = "https://t.me/concierge_demo_bot?start=l_abcdEFGH0123-_xy"
    const { data, size } = encode(url)
    const scale = 4
    const width = size * scale
    const pixels = new Uint8Array(width * width * 4).fill(255)
    for (let y = 0; y < width; y++) {
      for (let x = 0; x < width; x++) {
        const isDark = data[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true
        pixels.fill(isDark ? 0 : 255, (y * width + x) * 4, (y * width + x) * 4 + 3)
      }
    }
    assert.strictEqual(decodeQR({ width, height: width, data: pixels }), url)
  })
})

describe("bad input", () => {
  it.each([
    [["link", "create"], /a link needs a name/],
    [["link", "show", "abc"], /an id has 16 characters/],
    [["link", "edit", "abcdEFGH0123-_xy", "--name", "x"], /there is no such link/],
    [["link", "create", "--name", "x", "--until", "tomorrow"], /is no day/],
    [["funnel", "--from", "2026-13-01"], /is no day: write it like/],
    [["funnel", "--from", "2026-03-05", "--to", "2026-03-04"], /is after --to/],
    [["funnel"], /nobody has started yet/],
    [["funnel", "--by", "colour"], /colour/],
    [["bogus"], /bogus/],
  ])("%j is one line on stderr that says what to do, and exit code 2", (args, expected) => {
    const { status, stderr, stdout } = run(...args)
    assert.deepStrictEqual([status, stdout], [2, ""])
    assert.match(stderr, expected)
    assert.lengthOf(stderr.trimEnd().split("\n"), 1)
  })
})

describe("concierge trace", () => {
  it("says that nothing is known, to a person and to a program", () => {
    const { status, stderr, stdout } = run("trace", "7")
    assert.deepStrictEqual([status, stderr], [1, ""])
    assert.match(stdout, /^Update 7\n\nNothing is known of it/)
    assert.deepInclude(JSON.parse(run("trace", "7", "--json").stdout), { updateId: 7, lines: [] })
  })
})

describe("concierge recount", () => {
  it("says from when on it is exact", () => {
    const { status, stdout } = run("recount")
    assert.strictEqual(status, 0)
    assert.match(stdout, /Exact from \d{4}-\d\d-\d\d on: events are kept for 90 days/)
  })
})
