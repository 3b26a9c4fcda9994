import { spawnSync } from "node:child_process"
import { assert, describe, it } from "@effect/vitest"
import { optionsOf } from "../../../bench/viral/options.ts"

describe("the options of npm run viral", () => {
  it.each([
    [["--people", "0"], '--people must be a whole number above 0, not "0"'],
    [["--people", "1.5"], '--people must be a whole number above 0, not "1.5"'],
    [["--people", "abc"], '--people must be a whole number above 0, not "abc"'],
    [["--rate", "0"], '--rate must be a number above 0, not "0"'],
    [["--rate", ""], '--rate must be a number above 0, not ""'],
    [["--limit=-1"], '--limit must be 0 or a number above, not "-1"'],
    [["--seconds", "1e999"], '--seconds must be 0 or a number above, not "1e999"'],
    [["--names", "2"], '--names must be a number from 0 to 1, not "2"'],
    [["--seed", "1.5"], '--seed must be a whole number above 0, not "1.5"'],
    [["--pause=-60"], '--pause must be like 5-60, not "-60"'],
  ])("are refused in one line: %j", (args, sentence) => {
    assert.strictEqual(optionsOf(args), sentence)
  })

  it("may be as they were", () => {
    const options = optionsOf(["--limit", "0", "--rate", "2.5", "--people", "40", "--names=1", "--pause", "0-0.5"])
    assert.deepInclude(options, { limit: 0, rate: 2.5, people: 40, names: 1, pause: [0, 0.5], seconds: 0, seed: 1 })
  })
})

describe("a bench", () => {
  it.each([
    ["local", ["--rounds", "0"], '--rounds must be a whole number above 0, not "0"'],
    ["local", ["--rates", "300,x"], '--rates must be "all" or such as 300,450, not "300,x"'],
    ["local", ["--only", "all"], '--only must be one of startup, webhook, backlog, pace, flatness, not "all"'],
    ["year", ["--people", "1.5"], '--people must be a whole number above 0, not "1.5"'],
    ["cli", ["--rounds", "many"], '--rounds must be a whole number above 0, not "many"'],
    ["lambda", ["--runs", "0"], '--runs must be a whole number above 0, not "0"'],
    ["recount", ["x"], 'events must be a whole number above 0, not "x"'],
    ["viral", ["--people", "0"], '--people must be a whole number above 0, not "0"'],
    ["load", ["--rate", "0"], '--rate must be a number above 0, not "0"'],
    ["cli", ["--speed", "3"], "Unknown option '--speed'"],
  ])("%s %j is one line and exit code 2", (bench, args, sentence) => {
    const { status, stderr, stdout } = spawnSync(process.execPath, [`bench/${bench}/main.ts`, ...args], {
      encoding: "utf8",
    })
    assert.strictEqual(status, 2)
    assert.strictEqual(stdout, "")
    assert.match(stderr, /^[^\n]+\n$/)
    assert.include(stderr, sentence)
  })
})
