import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { access, roleOf } from "@concierge/cli/access.ts"
import { rotateWebhookHere } from "@concierge/cli/commands/secrets/rotateHere.ts"
import { Steps } from "@concierge/cli/commands/secrets/Steps.ts"
import { names } from "@concierge/cli/commands.ts"
import { refused } from "@concierge/cli/refused.ts"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import { SettingsError } from "@concierge/core/services/Settings.ts"
import { iso } from "@concierge/core/Time.ts"
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import { assert, describe, it } from "@effect/vitest"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { keptSecret } from "../../../packages/local/host/keptSecret.ts"

const denied = Object.assign(
  new Error("User: arn:aws:iam::123456789012:user/ana is not authorized to perform: dynamodb:PutItem"),
  {
    name: "AccessDeniedException",
  },
)

describe("roles", () => {
  it("every command says what it does on AWS, and who may have it done, and nothing else does", () => {
    assert.sameMembers([...new Set(Object.keys(access).map((words) => words.split(" ", 1)[0] ?? ""))], [...names])
    assert.includeMembers(Object.keys(access), [...names])
  })

  it.each([
    ["funnel", "viewer"],
    ["funnel --by day", "viewer"],
    ["recount", "viewer"],
    ["recount --json --repair", "operator"],
    ["link list", "viewer"],
    ["link create --name Poster", "operator"],
    ["user show 7", "viewer"],
    ["user forget 7 --yes", "operator"],
    ["dlq redrive", "operator"],
    ["secrets rotate token", "administrator"],
    ["bogus", undefined],
  ])("%s: %s", (typed, role) => {
    assert.strictEqual(roleOf(typed.split(" ")), role)
  })

  it("where AWS refuses, one line says which role the command needs, and which policy gives it", () => {
    process.env.SST_RESOURCE_App = JSON.stringify({ name: "concierge", stage: "prod" })
    const error = new SettingsError({ reason: new Unavailable({ cause: denied }) })
    const said = refused(error, ["link", "create", "--name", "Poster", "--stage", "prod"]) ?? ""
    delete process.env.SST_RESOURCE_App
    assert.match(said, /^AWS refuses this: AccessDeniedException, User: .* perform: dynamodb:PutItem\. /)
    assert.include(
      said,
      '"link create" needs the role operator: let an administrator attach the policy concierge-prod-operator',
    )
    assert.notInclude(said, "\n")
    assert.isUndefined(
      refused(new SettingsError({ reason: new Unavailable({ cause: new Error("down") }) }), ["funnel"]),
    )
  })
})

describe("concierge secrets rotate webhook, on one machine", () => {
  it.effect("the old secret counts beside the new one for ten minutes, and is not replaced again meanwhile", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.UTC(2026, 2, 4, 5, 0))
      const data = mkdtempSync(join(tmpdir(), "concierge-secret-"))
      yield* Effect.addFinalizer(() => Effect.sync(() => rmSync(data, { recursive: true })))
      const path = join(data, "webhook-secret")
      writeFileSync(path, "the-first\n")
      const rotate = rotateWebhookHere().pipe(
        Effect.provideService(Steps, { done: () => Effect.void, begun: () => Effect.void }),
        Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromUnknown({ CONCIERGE_DATA: data })),
      )
      const until = iso("2026-03-04T05:10:00.000Z")
      assert.deepInclude(yield* rotate, { isDone: true, formerUntil: until })
      const { former, value } = yield* keptSecret(path)
      assert.match(Redacted.value(value), /^[\w-]{43}$/)
      assert.deepStrictEqual([former && Redacted.value(former.value), former?.until], ["the-first", until])
      assert.deepInclude(yield* rotate, { isDone: false, formerUntil: until })
      assert.strictEqual(readFileSync(path, "utf8"), Redacted.value(value))
      yield* TestClock.adjust("10 minutes")
      assert.deepInclude(yield* rotate, { isDone: true, formerUntil: iso("2026-03-04T05:20:00.000Z") })
    }).pipe(Effect.provide(NodeFileSystem.layer), Effect.scoped),
  )
})
