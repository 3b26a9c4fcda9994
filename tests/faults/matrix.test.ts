import { readdirSync, readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"

/** What must be survived, and where it is shown: the file, and what stands there in a title or in its table. */
const matrix: ReadonlyArray<readonly [fault: string, file: string, ...words: ReadonlyArray<string>]> = [
  ["the same update twice at once", "repeats", "twice at once, to two workers"],
  ["the same update twice at once, in a group", "repeats", "twice at once, in a group"],
  ["redelivered after 20 hours", "repeats", "again after 20 hours"],
  ["the queue refuses", "webhook", "the queue refuses: 503"],
  ["the queue accepted, the answer was lost", "webhook", "the answer was lost: 503"],
  ["the secret", "webhook", "the secret is %s: 401", '"missing"', '"wrong"', '"shorter"', '"longer"'],
  ["our secret is not configured", "webhook", "our secret is not configured: 503"],
  [
    "the configuration cannot be read",
    "configuration",
    "the links are %s",
    '"missing"',
    '"of another key"',
    "variable",
  ],
  ["a body that does not parse, with the right secret", "webhook", "a body that does not parse"],
  ["an unknown kind", "webhook", "a kind nobody knows: 200"],
  ["the worker dies before the send", "deaths", '"before the send"'],
  ["after the send, before the commit", "deaths", '"after the send, before the commit"'],
  ["after the commit", "deaths", '"after the commit"', '"after the commit, before the outcome"'],
  ["Telegram: 429, short", "telegram", "429, short: waited out in place"],
  ["Telegram: 429, long", "telegram", "429, long: a delayed copy is there", "429, long, four times"],
  ["Telegram: 5xx and timeouts", "telegram", "%s: sent again later", '"5xx"', '"no answer"'],
  ["Telegram: 403, later unblocked", "telegram", "403: kept", "blocked and unblocked by their own hand"],
  ["Telegram: 400, bad file_id", "telegram", "400, bad file_id"],
  ["Telegram: 400, cannot fetch the URL", "telegram", "400, cannot fetch the URL"],
  [
    "Polly throttled, down, slow",
    "outside",
    '"throttled"',
    '"down"',
    '"slow, beyond',
    "is so slow that no time is left",
  ],
  ["S3 down", "outside", "S3 cannot be read or written", "S3 is down and there is no link either"],
  ["a client of theirs cannot be loaded", "clients", "S3's: the greeting", "Polly's: the greeting"],
  ["DynamoDB throttled, slow", "dynamo", "throttles two of three attempts", "is slow: an attempt without an answer"],
  ["DynamoDB down half-way", "dynamo", "goes down half-way, after %d requests", "loses the answer to request %d"],
  ["one bad record in ten", "repeats", "one bad record among ten: it alone dies"],
  ["a callback overtakes its /start", "order", "a callback overtakes its /start"],
  [
    "/restart races /start",
    "order",
    "%j race: one after the other",
    '["/restart", "/start"]',
    '["/start", "/restart"]',
  ],
  ["two taps at once", "order", "two taps at once"],
  ["dead letters redriven after ten days", "deadLetters", "redriven after ten days"],
  [
    "dead letters redriven after ten days, on AWS",
    "deadLettersAws",
    "redriven after ten days, by two operators at once",
  ],
  ["a stale callback", "order", "a stale callback, redriven"],
  [
    "the function's deadline is near",
    "deadline",
    "is near: no send is begun that could outlive it",
    "is near when the greeting is ready",
    "is nearer than ours",
  ],
  ["15 minutes without Telegram, a full queue", "telegram", "down for 15 minutes with a full queue"],
  ["26 hours without Telegram", "telegram", "down for 26 hours"],
]

/** A test that was commented out is none. */
function withoutComments(source: string): string {
  return source.replaceAll(/^\s*\/\/[^\n]*|\/\*.*?\*\//gms, "")
}

const sources = new Map(
  readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => [file, withoutComments(readFileSync(`${import.meta.dirname}/${file}`, "utf8"))]),
)

describe("the fault matrix", () => {
  it.each(matrix)("%s: has its test in %s", (_, file, ...words) => {
    const source = sources.get(`${file}.test.ts`)
    assert.isDefined(source, file)
    for (const word of words) assert.include(source, word)
  })

  it("no row is left out of the run", () => {
    for (const [file, source] of sources) assert.notMatch(source, /\.(?:skip|todo|only|fails)\b/, file)
  })
})
