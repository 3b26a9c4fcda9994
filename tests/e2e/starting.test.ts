import { execFile } from "node:child_process"
import { chmod, cp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import { join } from "node:path"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import { freePort } from "../../packages/local/host/freePort.ts"
import { settings } from "../../packages/local/host/settings.ts"
import { states, stepOf, welcomeVideoKey } from "../fixtures/concierge.ts"
import { listen } from "../layers/listen.ts"
import { eventually } from "./support/eventually.ts"
import { start } from "./support/Host.ts"
import { announced, root, run, runIn, temporaryDirectory } from "./support/process.ts"
import { copiedTree } from "./support/tree.ts"

const permissionsOf = (path: string) => Effect.promise(async () => (await stat(path)).mode & 0o777)

const textOf = (path: string) => Effect.promise(() => readFile(path, "utf8"))

/** What others on the machine can get at. */
const openIn = async (directory: string): Promise<ReadonlyArray<string>> => {
  const found = await Promise.all(
    (await readdir(directory)).map(async (name) => {
      const path = join(directory, name)
      const status = await stat(path)
      if ((status.mode & 0o077) === 0) return []
      return status.isDirectory() ? [path, ...(await openIn(path))] : [path]
    }),
  )
  return found.flat()
}

/** Expects the host to say in one line what is to be done, and nothing else. */
const complaint = (given: Readonly<Record<string, string>>) => complaintIn(root, given)

const complaintIn = Effect.fnUntraced(function* (cwd: string, given: Readonly<Record<string, string>>) {
  const host = yield* runIn(cwd, { PORT: "0", CONCIERGE_DATA: join(yield* temporaryDirectory, "data"), ...given })
  assert.strictEqual(yield* host.ended, 1)
  assert.strictEqual(host.stdout(), "")
  const lines = host.stderr().trimEnd().split("\n")
  assert.strictEqual(lines.length, 1, host.stderr())
  return lines[0] ?? ""
})

/** What the host prints of settings that it cannot use, read here: a process takes a second or two to say the same. */
const adviceFor = Effect.fnUntraced(function* (given: Readonly<Record<string, string>>) {
  const env = { PORT: "0", CONCIERGE_DATA: join(yield* temporaryDirectory, "data"), ...given }
  const problem = yield* Effect.flip(settings).pipe(
    Effect.provide([ConfigProvider.layer(ConfigProvider.fromEnv({ env })), NodeServices.layer]),
  )
  return problem.advice
})

/** The status of the first answer, asked for until somebody listens; 0 where one who listens does not answer. */
const firstAnswer = (url: string, init: RequestInit = {}) =>
  Effect.promise(async (): Promise<number> => {
    for (;;) {
      try {
        return (await fetch(url, { ...init, signal: AbortSignal.timeout(10_000) })).status
      } catch (error) {
        if (!(error instanceof TypeError)) return 0
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }
  })

describe("starting the host", () => {
  it.live("makes a secret that only its owner can read, keeps it, and never prints it", () =>
    Effect.gen(function* () {
      const data = join(yield* temporaryDirectory, "data")
      const given = { CONCIERGE_DATA: data, LOG_LEVEL: "All" }
      const first = yield* Effect.scoped(
        Effect.gen(function* () {
          const host = yield* start(given)
          yield* host.outcome(yield* host.send({ chatId: 1, text: "/start" }))
          yield* host.post("{", { "x-telegram-bot-api-secret-token": "wrong" })
          const { secretPath } = yield* announced(host.process)
          assert.strictEqual(yield* permissionsOf(secretPath), 0o600)
          const secret = yield* textOf(secretPath)
          assert.match(secret, /^[\w-]{43}$/)
          assert.notInclude(host.process.stdout() + host.process.stderr(), secret)
          return secret
        }),
      )
      assert.strictEqual(yield* permissionsOf(data), 0o700)
      assert.strictEqual(yield* permissionsOf(join(data, "media-signing.key")), 0o600)
      yield* start(given)
      assert.strictEqual(yield* textOf(join(data, "webhook-secret")), first)
    }),
  )

  it.live.each([
    { name: "The host", args: [] },
    { name: "AWS on this machine", args: ["--aws"] },
  ])(
    "$name answers from its first listening moment, prints its log as it is told, and leaves nothing to others in a directory that they may enter",
    ({ args }) =>
      Effect.gen(function* () {
        const data = yield* temporaryDirectory
        yield* Effect.promise(() => chmod(data, 0o755))
        const port = yield* freePort
        const [host, ...first] = yield* Effect.all(
          [
            start({ CONCIERGE_DATA: data, PORT: String(port), LOG_FORMAT: "json" }, ...args),
            firstAnswer(`http://127.0.0.1:${port}/healthz`),
            firstAnswer(`http://127.0.0.1:${port}/telegram/webhook`, { method: "POST", body: "{}" }),
            firstAnswer(`http://127.0.0.1:${port}/sandbox/stats`),
          ],
          { concurrency: "unbounded" },
        )
        assert.deepStrictEqual(first, [200, 401, 200])
        const id = yield* host.send({ chatId: 1, text: "/start" })
        yield* host.outcome(id)
        yield* host.outcome(yield* host.send({ chatId: 1, callbackData: stepOf("voice").data }))
        const lines = yield* eventually(
          "both lines of the update",
          Effect.sync(() => {
            const json = host.process
              .stdout()
              .split("\n")
              .filter((line) => line.startsWith("{"))
            const found = json.map((line) => JSON.parse(line)).filter(({ updateId }) => updateId === id)
            return found.length === 2 ? found : undefined
          }),
        )
        assert.sameMembers(
          lines.map(({ message, outcome }) => `${message} ${outcome}`),
          ["request accepted", "update applied"],
        )
        assert.deepStrictEqual(yield* Effect.promise(() => openIn(data)), [])
        assert.strictEqual(yield* permissionsOf(data), 0o755)
      }),
    90_000,
  )

  it.live("closes what an earlier version has left open, and nothing that is not its own", () =>
    Effect.gen(function* () {
      const data = yield* temporaryDirectory
      const own = join(data, "notes.txt")
      yield* Effect.scoped(
        Effect.gen(function* () {
          const host = yield* start({ CONCIERGE_DATA: data })
          yield* host.outcome(yield* host.send({ chatId: 1, text: "/start" }))
          yield* host.process.kill("SIGKILL")
        }),
      )
      yield* Effect.promise(async () => {
        await writeFile(own, "")
        for (const name of await readdir(data)) await chmod(join(data, name), 0o755)
        assert.include(await openIn(data), join(data, "concierge.sqlite-wal"))
      })
      const host = yield* start({ CONCIERGE_DATA: data })
      yield* host.outcome(yield* host.send({ chatId: 1, text: "/help" }))
      assert.deepStrictEqual(yield* Effect.promise(() => openIn(data)), [own])
    }),
  )

  it.live("takes a secret of one's own, and keeps it to itself", () =>
    Effect.gen(function* () {
      const given = { TELEGRAM_WEBHOOK_SECRET: "of-my-own", CONCIERGE_DATA: join(yield* temporaryDirectory, "data") }
      const host = yield* run({ PORT: "0", ...given })
      assert.strictEqual((yield* announced(host)).secretPath, "from TELEGRAM_WEBHOOK_SECRET")
      assert.notInclude(host.stdout() + host.stderr(), given.TELEGRAM_WEBHOOK_SECRET)
    }),
  )

  it.live("says that a port is taken, and how to choose another", () =>
    Effect.gen(function* () {
      const { port } = new URL(yield* listen(createServer()))
      const line = yield* complaint({ PORT: port })
      assert.include(line, `Port ${port} is taken`)
      assert.match(line, /PORT=\d+ npm start/)
    }),
  )

  it.live("says that a data directory is in use", () =>
    Effect.gen(function* () {
      const data = yield* temporaryDirectory
      yield* start({ CONCIERGE_DATA: data })
      assert.include(yield* complaint({ CONCIERGE_DATA: data }), `${data} is in use by a Concierge that still runs`)
    }),
  )

  it.live("says what is wrong with a setting, wherever it is read", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* complaint({ PORT: "eight" }), yield* adviceFor({ PORT: "eight" }))
      assert.include(yield* complaint({ EVENT_RETENTION_DAYS: "3" }), "EVENT_RETENTION_DAYS")
    }),
  )

  it.effect.each([
    ["PORT", "eight", /^PORT must be a whole number/],
    ["PORT", "-1", /^PORT must be a whole number/],
    ["PORT", "65536", /^PORT must be a whole number/],
    ["PORT", "80.5", /^PORT must be a whole number/],
    ["LOG_LEVEL", "loud", /^LOG_LEVEL must be one of .*Info/],
    ["TELEGRAM_WEBHOOK_SECRET", "with spaces", /^TELEGRAM_WEBHOOK_SECRET must be 1 to 256/],
    ["BRAND", "nobody", /^There is no brand "nobody": use concierge or marea\.$/],
    ["BRAND", "../brands/marea", /^There is no brand /],
  ] as const)("says what %s may be when it is %s", ([name, value, words]) =>
    Effect.gen(function* () {
      assert.match(yield* adviceFor({ [name]: value }), words)
    }),
  )

  it.effect("says that a data directory cannot be written to", () =>
    Effect.gen(function* () {
      const file = join(yield* temporaryDirectory, "file")
      yield* Effect.promise(() => writeFile(file, ""))
      for (const data of [file, join(file, "below")]) {
        assert.match(yield* adviceFor({ CONCIERGE_DATA: data }), /^CONCIERGE_DATA: .* cannot be written to/)
      }
    }),
  )

  it.live(
    "says what is wrong with a brand, by file and field, and so does the build of the functions",
    () =>
      Effect.gen(function* () {
        const tree = yield* copiedTree
        const says = Effect.fnUntraced(function* (words: string) {
          const host = complaintIn(tree.path, { BRAND: "concierge" })
          const [line, build] = yield* Effect.all([host, built(tree.path)], { concurrency: "unbounded" })
          assert.strictEqual(line, words)
          assert.deepStrictEqual(build, { code: 1, said: `${words}\n` })
        })
        const brandFile = "brands/concierge/brand.ts"
        const { path } = tree
        tree.write(brandFile, (text) => text.replace(`state: "${states.greeting}"`, 'state: "NEW"'))
        yield* says(`${brandFile}: flow[1].state: "NEW" is of somebody who has had no step`)

        tree.copy("brands/marea/brand.ts", brandFile)
        tree.copy("brands/marea/copy", "brands/concierge/copy")
        yield* says(`${brandFile}: id: "marea" is not the name of its folder`)

        yield* Effect.promise(() => rm(join(path, "brands/concierge"), { recursive: true }))
        yield* Effect.promise(() =>
          cp(join(root, "brands/concierge"), join(path, "brands/concierge"), { recursive: true }),
        )
        yield* Effect.promise(() => rm(join(path, welcome)))
        yield* says(`${welcome}: it is not there (brand.ts: flow[0].asset)`)
      }),
    90_000,
  )
})

const welcome = `brands/concierge/${welcomeVideoKey("es")}`

/** What becomes of `npm run build`. */
const built = (cwd: string) =>
  Effect.promise(
    () =>
      new Promise<{ readonly code: unknown; readonly said: string }>((resolve) => {
        execFile(process.execPath, ["packages/functions/build.ts"], { cwd }, (error, stdout, stderr) =>
          resolve({ code: error?.code ?? 0, said: stdout + stderr }),
        )
      }),
  )
