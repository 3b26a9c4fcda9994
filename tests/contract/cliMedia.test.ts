import { execFile } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import * as DynamoArchive from "@concierge/aws/dynamo/Archive.ts"
import * as Dynamo from "@concierge/aws/dynamo/Dynamo.ts"
import * as DynamoSettings from "@concierge/aws/dynamo/Settings.ts"
import * as S3Media from "@concierge/aws/s3/Media.ts"
import { brand } from "@concierge/brands/concierge/brand.ts"
import { Media } from "@concierge/core/services/Media.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { coverKeyOf } from "@concierge/core/services/VideoShape.ts"
import { assert, layer } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { brandVideos } from "../../packages/cli/commands/media/brandVideos.ts"
import { uploadAll } from "../../packages/cli/commands/media/uploadAll.ts"
import { dynamoDb } from "../../packages/local/aws/dynamodb/dynamoDb.ts"
import { createTables, tables } from "../../packages/local/aws/dynamodb/tables.ts"
import { fauxqs } from "../../packages/local/aws/fauxqs.ts"
import { buckets, createBuckets } from "../../packages/local/aws/s3/buckets.ts"
import { sdkEnvironment } from "../../packages/local/aws/sdk.ts"
import { storeLinks } from "../../packages/local/aws/storeLinks.ts"
import * as files from "../../packages/local/media/files.ts"
import * as SqliteArchive from "../../packages/local/store/Archive.ts"
import * as SqliteSettings from "../../packages/local/store/Settings.ts"
import * as Tables from "../../packages/local/store/Tables.ts"
import { welcomeVideoKey } from "../fixtures/concierge.ts"
import { awsEnvironment } from "../layers/awsEnvironment.ts"

/** What the operator's shell has in it. */
class Shell extends Context.Service<Shell, Readonly<Record<string, string>>>()("tests/contract/Shell") {}

const main = fileURLToPath(new URL("../../packages/cli/main.ts", import.meta.url))

const concierge = (...args: ReadonlyArray<string>) =>
  Shell.use((shell) =>
    Effect.promise<{ readonly status: unknown; readonly stdout: string; readonly stderr: string }>(
      () =>
        new Promise((done) => {
          const env = { ...process.env, NO_COLOR: "1", ...shell }
          execFile(process.execPath, [main, ...args], { env }, (error, stdout, stderr) =>
            done({ status: error?.code ?? 0, stdout, stderr }),
          )
        }),
    ),
  )

const here = Layer.unwrap(
  Effect.gen(function* () {
    const directory = yield* Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "concierge-cli-"))),
      (path) => Effect.sync(() => rmSync(path, { recursive: true })),
    )
    const stores = Layer.merge(SqliteArchive.layer, SqliteSettings.layer)
    return Layer.mergeAll(
      Layer.provide(stores, Tables.layer(join(directory, "concierge.sqlite"))),
      files.layer({ directory, origin: "http://127.0.0.1" }),
      Layer.succeed(Shell, { CONCIERGE_DATA: directory }),
    )
  }),
)

const onStage = Layer.unwrap(
  Effect.gen(function* () {
    const endpoints = { S3: yield* fauxqs, DYNAMODB: yield* dynamoDb }
    yield* createBuckets(endpoints.S3)
    yield* createTables(endpoints.DYNAMODB)
    yield* awsEnvironment(endpoints)
    const linked = {
      App: { name: "concierge", stage: "test" },
      ...storeLinks,
    }
    const links = Object.entries(linked).map(([name, value]) => [`SST_RESOURCE_${name}`, JSON.stringify(value)])
    return Layer.mergeAll(
      Layer.provide(DynamoSettings.layer, Dynamo.layer(tables)),
      DynamoArchive.layer(tables),
      S3Media.layer(buckets),
      Layer.succeed(Shell, { ...sdkEnvironment(endpoints), ...Object.fromEntries(links) }),
    )
  }),
)

const places: ReadonlyArray<readonly [string, typeof here | typeof onStage]> = [
  ["on one machine", here],
  ["on a stage", onStage],
]

const english = welcomeVideoKey("en")
const remembered = `file#4242#${english}`

for (const [name, place] of places)
  layer(place)(`concierge media ${name}`, (it) => {
    it.effect("uploads what is not there with its pictures, and lists it", () =>
      Effect.gen(function* () {
        const { status, stderr, stdout } = yield* concierge("media", "upload", "--json")
        assert.deepStrictEqual([status, stderr.replace(/.*videos uploaded.*\n/g, "")], [0, ""])
        assert.deepInclude(JSON.parse(stdout)[0], { key: english, uploaded: true, forgotten: 0 })
        const [listed] = JSON.parse((yield* concierge("media", "list", "--json")).stdout)
        assert.deepInclude(listed, { name: english, isThere: true, duration: 7, fileIds: 0, problems: [] })
        assert.deepInclude(listed.pictures.cover, { width: 720, height: 1280 })
      }),
    )

    it.effect("forgets what Telegram calls the old one, and leaves what is as it should be", () =>
      Effect.gen(function* () {
        const media = yield* Media
        const settings = yield* Settings
        const found = yield* brandVideos(brand)
        yield* uploadAll(found)
        for (const key of [remembered, `file#4242#${welcomeVideoKey("es")}`]) yield* settings.put({ key, value: "old" })
        yield* media.put(english, Uint8Array.of(1), "video/mp4")
        const [en, es] = yield* uploadAll(found)
        assert.deepInclude(en, { key: english, uploaded: true, forgotten: 1 })
        assert.deepInclude(es, { uploaded: false })
        assert.isTrue(Option.isNone(yield* settings.get(remembered)))
        assert.deepStrictEqual(Buffer.from(yield* media.get(english)), found[0]?.files.video)
        yield* media.put(coverKeyOf(english), Uint8Array.of(1), "image/jpeg")
        assert.deepInclude((yield* uploadAll(found))[0], { uploaded: true })
      }),
    )

    it.effect("uploads nothing where Telegram would refuse one of them", () =>
      Effect.gen(function* () {
        const media = yield* Media
        yield* media.put(english, Uint8Array.of(7), "video/mp4")
        const [good, bad] = yield* brandVideos(brand)
        if (good === undefined || bad === undefined) return assert.fail("the brand has no videos")
        const inspected = { ...bad.inspected, problems: ["it has over 50 MB"] }
        const error = yield* Effect.flip(uploadAll([good, { ...bad, inspected }]))
        assert.strictEqual(error._tag, "Found")
        assert.deepStrictEqual(Buffer.from(yield* media.get(english)), Buffer.of(7))
      }),
    )
  })
