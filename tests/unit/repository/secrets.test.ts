import { execFile } from "node:child_process"
import { createHash, generateKeyPairSync } from "node:crypto"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"

const script = fileURLToPath(new URL("../../../.ci/secrets", import.meta.url))
const run = promisify(execFile)

/** What `npm run secrets` says of a directory with this one file in it, once something was done there. */
const scan = (content: string, prepare: (cwd: string) => Promise<unknown> = async () => {}) =>
  Effect.acquireUseRelease(
    Effect.promise(() => mkdtemp(join(tmpdir(), "concierge-secrets-"))),
    (cwd) =>
      Effect.promise(async () => {
        await writeFile(join(cwd, "settings.ts"), content)
        await prepare(cwd)
        return await new Promise<{ readonly code: unknown; readonly output: string }>((resolve) =>
          execFile(script, { cwd }, (error, stdout, stderr) =>
            resolve({ code: error?.code ?? 0, output: stdout + stderr }),
          ),
        )
      }),
    (path) => Effect.promise(() => rm(path, { recursive: true, force: true })),
  )

/** In a repository that ignores the file. */
const ignored = async (cwd: string) => {
  await run("git", ["init", "-q"], { cwd })
  await writeFile(join(cwd, ".gitignore"), "settings.ts")
}

// Made here and not written down: the scan of this repository would find them.
const digest = createHash("sha256").update("of no use to anybody").digest()
const botToken = `1234567890:${digest.toString("base64url").slice(0, 35)}`
const keyId = `AKIA${digest.toString("hex").slice(0, 16).toUpperCase()}`
const accessKey = `${digest.toString("base64").slice(0, 39)}k`
const pair = generateKeyPairSync("ed25519", {
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
})

describe("the scan of the repository finds", () => {
  it.live.each([
    ["a bot's token", `const token = "${botToken}"`, botToken],
    ["a bot's token in a URL", `fetch("https://api.telegram.org/bot${botToken}/getMe")`, botToken],
    ["the id of an AWS key", `AWS_ACCESS_KEY_ID=${keyId}`, keyId],
    ["an AWS key", `{ secretAccessKey: "${accessKey}" }`, accessKey],
    ["a private key", pair.privateKey, pair.privateKey.split("\n")[1] ?? ""],
  ] as const)("%s, and does not print it", ([, content, secret]) =>
    Effect.gen(function* () {
      const { code, output } = yield* scan(content)
      assert.strictEqual(code, 1, output)
      assert.include(output, "settings.ts")
      assert.notInclude(output, secret)
    }),
  )

  it.live("what is ignored from the moment that git has it all the same", () =>
    Effect.gen(function* () {
      const content = `const token = "${botToken}"`
      assert.strictEqual((yield* scan(content, ignored)).code, 0)
      const added = async (cwd: string) => {
        await ignored(cwd)
        await run("git", ["add", "--force", "settings.ts"], { cwd })
      }
      const { code, output } = yield* scan(content, added)
      assert.isAbove(Number(code), 0)
      assert.include(output, "settings.ts")
    }),
  )

  it.live("nothing in a file without", () =>
    Effect.gen(function* () {
      const { code, output } = yield* scan('const token = "4242:stand-in" // AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY')
      assert.deepStrictEqual([code, output], [0, ""])
    }),
  )
})
