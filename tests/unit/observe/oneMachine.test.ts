import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { openLogFile } from "../../../packages/local/log/LogFile.ts"
import { readable } from "../../../packages/local/log/readable.ts"

const inDirectory = (use: (directory: string) => void) => {
  const directory = mkdtempSync(join(tmpdir(), "concierge-log-"))
  try {
    use(directory)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

describe("the log of one machine", () => {
  it("is a file a day for its owner only, kept for a fortnight, and nobody else's files are touched", () =>
    inDirectory((directory) => {
      for (const name of ["2026-03-01.jsonl", "2026-03-07.jsonl", "mine.jsonl"]) {
        writeFileSync(join(directory, name), "old\n")
      }
      const { close, write } = openLogFile(directory)
      write("2026-03-20T23:59:59.999Z", "one")
      write("2026-03-20T23:59:59.999Z", "two")
      write("2026-03-21T00:00:00.000Z", "three")
      close()
      assert.deepStrictEqual(readdirSync(directory), [
        "2026-03-07.jsonl",
        "2026-03-20.jsonl",
        "2026-03-21.jsonl",
        "mine.jsonl",
      ])
      assert.strictEqual(readFileSync(join(directory, "2026-03-20.jsonl"), "utf8"), "one\ntwo\n")
      assert.strictEqual(statSync(join(directory, "2026-03-21.jsonl")).mode & 0o777, 0o600)
    }))

  it("goes on where the disk takes nothing", () =>
    inDirectory((directory) => {
      const path = join(directory, "not a directory")
      writeFileSync(path, "")
      openLogFile(path).write("2026-03-20T00:00:00.000Z", "lost")
    }))

  it("is readable at a terminal, one line whatever is in it", () => {
    const line = { timestamp: "2026-03-20T12:01:03.123Z", level: "INFO", message: "update" }
    assert.strictEqual(
      readable({ ...line, updateId: 7, outcome: "ignored: group", steps: [["Users.begin", 0, 1]], none: undefined }),
      '12:01:03.123 INFO  update updateId=7 outcome="ignored: group"',
    )
    const hostile = readable({
      ...line,
      message: "one\ntwo",
      value: "\u001b[31mred\r\n\u2028",
      big: "x".repeat(65_536),
    })
    assert.notMatch(hostile, /[\p{Cc}\u2028]/u)
    assert.isBelow(hostile.length, 2_000)
  })
})
