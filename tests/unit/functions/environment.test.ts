import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import { environment } from "../../../packages/aws/lambda/environment.ts"
import { encryptLinks } from "../../../packages/local/aws/encryptLinks.ts"

describe("environment", () => {
  it.effect("has plain variables and SST's links, from variables and from the encrypted file", () =>
    Effect.gen(function* () {
      const directory = yield* Effect.acquireRelease(
        Effect.sync(() => mkdtempSync(join(tmpdir(), "concierge-links-"))),
        (path) => Effect.sync(() => rmSync(path, { recursive: true })),
      )
      const [file, key] = [join(directory, "resource.enc"), randomBytes(32)]
      writeFileSync(file, encryptLinks(key, { TelegramBotToken: { value: "4242:token", type: "sst.sst.Secret" } }))
      Object.assign(process.env, {
        STAGE: "ada",
        SST_KEY: key.toString("base64"),
        SST_KEY_FILE: file,
        SST_RESOURCE_UsersTable: JSON.stringify({ name: "users" }),
      })
      const read = Config.all([
        Config.String("STAGE"),
        Config.nested(Config.String("name"), "UsersTable"),
        Config.nested(Config.String("value"), "TelegramBotToken"),
      ])
      assert.deepStrictEqual(yield* Effect.provide(read, environment), ["ada", "users", "4242:token"])
    }),
  )
})
