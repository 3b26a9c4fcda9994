import { join } from "node:path"
import { cellOf } from "@concierge/core/attribution/Counted.ts"
import { funnelKey } from "@concierge/core/attribution/Tally.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Tables from "../../../packages/local/store/Tables.ts"
import { concierge } from "../../e2e/operator/concierge.ts"
import { aMachine } from "./machine.ts"

const directory = aMachine()

const campaign = "spring-2026-posters-in-the-underground-10"

/** On the 4th somebody has come to the end; others came by links that were no good, and one by another code later. */
const counted = Effect.gen(function* () {
  const { sqlite } = yield* Tables.Tables
  const facts: ReadonlyArray<readonly [Parameters<typeof cellOf>[0], count: number]> = [
    [{ run: 1, started: 1, reached: "DONE", came: "good" }, 1],
    [{ run: 1, started: 1, came: "expired" }, 12345],
    [{ run: 1, started: 1, came: "disabled" }, 20],
    [{ run: 1, started: 1, came: "unknown" }, 3],
    [{ run: 1, reached: "DONE", last: "-" }, 1],
  ]
  for (const [index, [fact, count]] of facts.entries()) {
    const { cell, group } = cellOf(fact)
    const item = { about: { linkId: "abcdEFGH0123-_xy", campaign }, [`c:${cell}`]: count }
    const key = funnelKey({ day: "2026-03-04", id: "x", shard: index, group })
    sqlite.prepare("INSERT INTO settings (key, item) VALUES (?, ?)").run(key, JSON.stringify(item))
  }
}).pipe(Effect.provide(Tables.layer(join(directory, "concierge.sqlite"))))

describe("the funnel", () => {
  it.live("of nobody says so, and of somebody what sent them, until another day is asked for", () =>
    Effect.gen(function* () {
      assert.deepInclude(yield* concierge("funnel"), { status: 2, stderr: "nobody has started yet\n" })
      yield* counted
      assert.deepStrictEqual((yield* concierge("funnel", "--csv")).stdout.trimEnd().split("\r\n"), [
        "campaign,people,video,greeting,finish,end by last touch,runs,verified,expired,disabled,unknown",
        `${campaign},12369,0,0,2,1,12369,1,12345,20,3`,
        "(other codes),0,0,0,0,1,0,0,0,0,0",
      ])
    }),
  )

  it.live("fits a terminal, with a long name and figures in all columns", () =>
    Effect.gen(function* () {
      const lines = (yield* concierge("funnel")).stdout.split("\n")
      assert.isAtMost(Math.max(...lines.map((line) => line.length)), 80)
      const rows = lines.flatMap((line) => (/^(spring|\(other)/.test(line) ? [line.split(/ {2,}/)] : []))
      assert.deepStrictEqual(rows, [
        [campaign, "12369", "0", "0", "2"],
        ["spring-2026…erground-10", "1", "12369", "1", "12345", "20", "3"],
        ["(other codes)", "1", "0", "0", "0", "0", "0"],
      ])
    }),
  )
})

describe("bad input", () => {
  const cases: ReadonlyArray<readonly [args: ReadonlyArray<string>, said: RegExp]> = [
    [["link", "create"], /a link needs a name/],
    [["link", "create", "--name", "  "], /a link needs a name/],
    [["link", "create", "--name", "x".repeat(101)], /--name: 101 characters, of 100 at most/],
    [["link", "create", "--name", "x", "--source", "a\u0007b"], /--source: a character of it cannot be shown/],
    [["link", "create", "--name", "x", "--until", "tomorrow"], /is no day/],
    [["link", "create", "--name", "x", "--until", "2030-02-30"], /is no day/],
    [["link", "create", "--name", "x", "--until", "2020-01-01"], /--until 2020-01-01 is over/],
    [["link", "create", "--name", "x", "--bot", "a bot"], /"a bot" is no username: write it like/],
    [["link", "create", "--csv", "nowhere.csv"], /nowhere\.csv cannot be read/],
    [["link", "create", "--csv", "a.csv", "--source", "x"], /leave --name and the others away/],
    [["link", "show"], /Missing required argument: id/],
    [["link", "show", "abc"], /an id has 16 characters/],
    [["link", "show", "hello from my friend"], /an id has 16 characters/],
    [["link", "show", "abcdEFGH0123-_xy"], /there is no such link/],
    [["link", "show", "l_abcdEFGH0123-_xy"], /there is no such link. See: concierge link list/],
    [["link", "show", "abcdEFGH0123-_xy", "--json", "--svg"], /say one of them/],
    [["link", "disable", "😀"], /an id has 16 characters/],
    [["link", "edit", "abcdEFGH0123-_xy", "--name", "x"], /there is no such link/],
    [["link", "edit", "abcdEFGH0123-_xy"], /nothing is to be changed: say what/],
    [["link", "bogus"], /bogus/],
    [["link", "list", "--colour"], /colour/],
    [["funnel", "--from", "2026-13-01"], /is no day: write it like/],
    [["funnel", "--to", "4 March"], /is no day: write it like/],
    [["funnel", "--from", "2026-03-05", "--to", "2026-03-04"], /is after --to/],
    [["funnel", "--from", "2027-01-01"], /nothing of these days: counted are 2026-03-04 to 2026-03-04/],
    [["funnel", "--by", "colour"], /colour/],
    [["funnel", "--json", "--csv"], /say one of them/],
    [["funnel", "--html", "/nowhere/a.html"], /\/nowhere\/a\.html cannot be written/],
    [["funnel", "--stage", "a stage"], /"a stage" is no stage's name/],
    [["recount", "--repair", "now"], /now/],
    [["bogus"], /bogus/],
  ]
  it.live.each(cases)("%j is one line on stderr that says what to do, and exit code 2", ([args, expected]) =>
    Effect.gen(function* () {
      const { status, stderr, stdout } = yield* concierge(...args)
      assert.match(stderr, expected)
      assert.deepStrictEqual([status, stdout], [2, ""])
      assert.lengthOf(stderr.trimEnd().split("\n"), 1)
    }),
  )
})

describe("concierge trace", () => {
  it.live("says that nothing is known, to a person and to a program", () =>
    Effect.gen(function* () {
      const { status, stderr, stdout } = yield* concierge("trace", "7")
      assert.deepStrictEqual([status, stderr], [1, ""])
      assert.match(stdout, /^Update 7\n\nNothing is known of it/)
      assert.deepInclude(JSON.parse((yield* concierge("trace", "7", "--json")).stdout), { updateId: 7, lines: [] })
    }),
  )
})

describe("concierge recount", () => {
  it.live("says from when on it is exact, and leaves out what is older", () =>
    Effect.gen(function* () {
      const { status, stdout } = yield* concierge("recount")
      assert.match(
        stdout,
        /Exact from \d{4}-\d\d-\d\d on: events are kept for 90 days, so 1 older counters were left out/,
      )
      assert.strictEqual(status, 0)
    }),
  )
})
