import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { linkPayload, parse } from "@concierge/core/attribution/StartPayload.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import decodeQR from "qr/decode.js"
import { concierge, json } from "../../e2e/operator/concierge.ts"
import { aMachine } from "./machine.ts"

const directory = aMachine()

const aFile = (...lines: ReadonlyArray<string>): string => {
  const path = join(directory, "placements.csv")
  writeFileSync(path, lines.join("\n"))
  return path
}

/** What a reader sees: each module a square of so many pixels, and what was not drawn is as dark as a terminal. */
const read = (isLight: (x: number, y: number) => boolean, modules: number, around = 2): string => {
  const scale = 4
  const width = (modules + 2 * around) * scale
  const data = new Uint8Array(width * width * 4).fill(255)
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      const [column, row] = [x, y].map((at) => Math.floor(at / scale) - around)
      const shade = isLight(column ?? 0, row ?? 0) ? 255 : 0
      data.fill(shade, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
  return decodeQR({ width, height: width, data })
}

const inTerminal = (text: string): string => {
  const [code = ""] = text.split("\n\n")
  const lines = code.split("\n")
  const isLight = (x: number, y: number): boolean => {
    const character = lines[Math.floor(y / 2)]?.[x]
    return character === "█" || character === (y % 2 === 0 ? "▀" : "▄")
  }
  return read(isLight, lines[0]?.length ?? 0)
}

/** White, with the squares that the path draws: each `M x,y h10 v10 h-10 z`. */
const inSvg = (svg: string): string => {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1])
  assert.include(svg, `fill="white"`)
  const dark = new Set([...svg.matchAll(/M(\d+),(\d+)/g)].map(([, x, y]) => `${Number(x) / 10} ${Number(y) / 10}`))
  const modules = size / 10
  return read((x, y) => x >= 0 && y >= 0 && x < modules && y < modules && !dark.has(`${x} ${y}`), modules)
}

describe("concierge link", () => {
  it.live("makes links that are read back, listed, changed and disabled", () =>
    Effect.gen(function* () {
      const [link] = yield* json("link", "create", "--name", "Poster", "--campaign", "spring")
      const { id, payload } = link
      assert.deepInclude(link, { name: "Poster", utm: { campaign: "spring" }, state: "good", payload: linkPayload(id) })
      assert.strictEqual(link.url, `https://t.me/concierge_demo_bot?start=${payload}`)
      assert.deepInclude(parse(payload), { _tag: "Link", linkId: id })
      assert.deepStrictEqual(yield* json("link", "list"), [link])
      const edited = yield* json("link", "edit", payload, "--campaign", "", "--ref", "ana", "--until", "2030-01-31")
      assert.deepInclude(edited, { id, name: "Poster", ref_code: "ana", expiresAt: "2030-01-31T23:59:59.999Z" })
      assert.notProperty(edited, "utm")
      const { stdout } = yield* concierge("link", "disable", id)
      assert.include(stdout, "in force within a minute")
      assert.deepInclude(yield* json("link", "show", id), { state: "disabled" })
      assert.deepInclude(yield* json("link", "edit", id, "--enable"), { state: "good" })
    }),
  )

  it.live("draws QR codes, for a terminal and as SVG, that another library reads", () =>
    Effect.gen(function* () {
      const [{ id, url }] = yield* json(
        "link",
        "create",
        "--name",
        "Poster",
        "--bot",
        "@a_longer_username_of_32_chars_b",
      )
      assert.match(url, /^https:\/\/t\.me\/a_longer_username_of_32_chars_b\?start=l_[\w-]{16}$/)
      const bot = ["--bot", "a_longer_username_of_32_chars_b"]
      assert.strictEqual(inTerminal((yield* concierge("link", "show", id, ...bot)).stdout), url)
      assert.strictEqual(inSvg((yield* concierge("link", "show", id, "--svg", ...bot)).stdout), url)
      const made = (yield* concierge("link", "create", "--name", "Another")).stdout
      assert.include(made, inTerminal(made))
    }),
  )

  it.live("makes a hundred at once from a file, in its order", () =>
    Effect.gen(function* () {
      const lines = Array.from({ length: 101 }, (_, index) => `"Stop, ${index}",bus,summer`)
      const file = aFile("\uFEFFName,source,campaign", ...lines, "")
      const { status, stderr, stdout } = yield* concierge("link", "create", "--csv", file)
      assert.deepStrictEqual([status, stderr], [0, ""])
      const rows = stdout.trim().split("\r\n")
      assert.lengthOf(rows, 102)
      assert.strictEqual(rows[0], "id,name,url")
      assert.match(rows[8] ?? "", /^[\w-]{16},"Stop, 7",https:\/\/t\.me\/\w+\?start=l_[\w-]{16}$/)
      const stored: ReadonlyArray<{ name: string }> = yield* json("link", "list")
      assert.strictEqual(stored.filter(({ name }) => name.startsWith("Stop, ")).length, 101)
    }),
  )

  const noLinkIn: ReadonlyArray<readonly [what: string, lines: ReadonlyArray<string>, said: RegExp]> = [
    ["nothing", [""], /has no column name: its first line names some of name,source/],
    ["no placement", ["name,source", ""], /has no placement/],
    ["no names", ["source"], /has no column name/],
    ["a column of its own", ["name,colour"], /has a column "colour": its first line names some of/],
    ["a column twice", ["name,source,name"], /has the column "name" twice/],
    ["an empty name", ["name,source", "a,b", " ,b"], /line 3: a link needs a name/],
    ["a value too many", ["name,source", "Poster, north,b"], /line 2 has 3 values for 2 columns/],
    ["a name twice", ["name", "a", "b", "a"], /line 4 has the name of line 2, "a"/],
    ["a day that is none", ["name,until", "a,2030-02-30"], /line 2: --until: "2030-02-30" is no day/],
    ["a day that is over", ["name,until", "a,2020-01-01"], /line 2: --until 2020-01-01 is over/],
    ["an open quote", ["name", '"a'], /is no CSV: a quote is not closed/],
    ["a name that is a story", ["name", "x".repeat(101)], /line 2: --name: 101 characters, of 100 at most/],
    ["two lines in a name", ["name", '"a\nb"'], /line 2: --name: a character of it cannot be shown/],
  ]
  it.live.each(noLinkIn)("makes none of a file with %s, and says where", ([, lines, said]) =>
    Effect.gen(function* () {
      const before = yield* json("link", "list")
      const { status, stderr, stdout } = yield* concierge("link", "create", "--csv", aFile(...lines))
      assert.deepStrictEqual([status, stdout], [2, ""])
      assert.match(stderr, said)
      assert.lengthOf(stderr.trimEnd().split("\n"), 1)
      assert.deepStrictEqual(yield* json("link", "list"), before)
    }),
  )
})
