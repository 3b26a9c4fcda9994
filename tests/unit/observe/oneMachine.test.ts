import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Stream from "effect/Stream"
import { functionLog, type Prints } from "../../../packages/local/aws/functionLog.ts"
import { Journal } from "../../../packages/local/journal/Journal.ts"
import { atTerminal } from "../../../packages/local/log/atTerminal.ts"
import { openLogFile } from "../../../packages/local/log/LogFile.ts"
import type { LogFormat } from "../../../packages/local/log/logging.ts"
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

  it("is the same at a terminal, whichever host wrote it", () => {
    const update = { timestamp: "2026-03-20T12:01:03.123Z", level: "INFO", message: "update", updateId: 7 }
    const request = { level: "INFO", message: "request", updateId: 7, outcome: "accepted", status: 200 }
    const metrics = { _aws: { Timestamp: 1_774_008_063_123, CloudWatchMetrics: [] }, WorkerRecords: 1 }
    const refused = { ...metrics, ...request, outcome: "refused", status: 401 }
    const step = { ...update, level: "DEBUG", message: "span", name: "Users.begin", millis: 1, ok: true, chat: "1" }
    const written = [update, { ...metrics, ...request }, metrics, refused, step].map((line) => JSON.stringify(line))
    const node = "(node:1) Warning: something of Node's"
    const printed = (prints: Prints, format: LogFormat) => {
      const lines: Array<string> = []
      const [journal, file]: [Array<unknown>, Array<string>] = [[], []]
      const log = functionLog(
        Journal.of({ add: (entry) => void journal.push(entry), feed: () => Stream.empty }),
        { write: (_, line) => void file.push(line), close: () => {} },
        (line) => lines.push(...[atTerminal(line, format) ?? []].flat()),
        prints,
      )
      for (const line of [...written, node]) log(line)
      assert.lengthOf(journal, 1)
      assert.deepStrictEqual(file, [written[0], written[1], written[3]])
      return lines
    }
    assert.deepStrictEqual(printed("log", "json"), [written[0], written[1], written[3], node])
    const [first, second, ...more] = printed("log", "text")
    assert.strictEqual(first, "12:01:03.123 INFO  update updateId=7")
    assert.match(second ?? "", /^12:01:03\.123 INFO {2}request .*status=401/)
    assert.deepStrictEqual(more, [node])
    assert.deepStrictEqual(printed("warnings", "text"), [node])
    assert.lengthOf(printed("everything", "json"), 6)
  })

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
    let deep: unknown = 0
    for (let depth = 5_000; depth > 0; depth--) deep = [deep]
    assert.strictEqual(
      readable({ ...line, message: Object.create(null), deep, none: () => {}, "a\nb": 1 }),
      "12:01:03.123 INFO  {} deep=unwritable none=null a\\u000ab=1",
    )
  })
})
