import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { botToken } from "../../packages/local/host/botToken.ts"
import { foundIn } from "../fixtures/disguises.ts"
import * as aws from "./secrecy/aws.ts"
import { journalOf } from "./secrecy/journal.ts"
import { live, named } from "./secrecy/life.ts"
import * as oneMachine from "./secrecy/oneMachine.ts"
import { personal } from "./secrecy/person.ts"
import { Host, start } from "./support/Host.ts"
import { temporaryDirectory } from "./support/process.ts"

const hosts = [
  { name: "the one-machine host", args: [], insiderOf: oneMachine.insiderOf },
  { name: "the bundled functions", args: ["--aws"], insiderOf: aws.insiderOf },
]

/** What the log's files have. */
const logged = (data: string) =>
  Effect.promise(async () => {
    const names = await readdir(join(data, "log"))
    return (await Promise.all(names.map((name) => readFile(join(data, "log", name), "utf8")))).join("")
  })

const token = Redacted.value(botToken)

// Keys of the functions are looked up in /proc.
describe.skipIf(process.platform !== "linux")("a whole life at LOG_LEVEL=Debug", () => {
  it.live.each(hosts)(
    "is printed by $name without a secret, and without more of a person than their id",
    ({ args, insiderOf }) =>
      Effect.gen(function* () {
        const data = yield* temporaryDirectory
        const host = yield* start({ CONCIERGE_DATA: data, LOG_LEVEL: "Debug" }, ...args)
        const insider = insiderOf(data, host.process.pid)
        const lived = live(insider).pipe(Effect.provideService(Host, host))
        const { chatId, last, signature } = yield* lived
        const journal = yield* Effect.provideService(journalOf(chatId, last), Host, host)
        const found = yield* insider.secrets
        yield* host.process.kill("SIGTERM")

        const secrets = {
          ...found,
          "bot's token": token,
          "secret half of the token": token.slice(token.indexOf(":") + 1),
          "signature of a link": signature,
        }
        for (const secret of Object.values(secrets)) assert.isAtLeast(secret.length, 8)
        const printed = host.process.stdout() + host.process.stderr()
        assert.isAbove(printed.length, 3_000)
        for (const id of Object.values(named)) assert.include(printed, String(id))
        assert.match(printed, /outcome"?[=:]"?parked/)
        const files = yield* logged(data)
        assert.include(printed, "chat not found")
        assert.include(journal, "Users.commit")
        if (args.length === 0) assert.match(files, /"message":"update".*"outcome":"applied"/)
        for (const output of [printed, journal, files]) {
          assert.deepStrictEqual(foundIn(output, { ...secrets, ...personal }), [])
          assert.notMatch(output, /signature=/i)
        }
      }),
    90_000,
  )
})
