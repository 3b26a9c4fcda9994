import { readFileSync } from "node:fs"
import { retention } from "@concierge/core/retention.ts"
import { assert, describe, it } from "@effect/vitest"
import { root } from "../../stacks/diff/synth.ts"
import { options, StageError } from "../../stacks/options.ts"
import { appSettings, stageOf } from "../../stacks/stage.ts"

const email = { STAGE_ALARM_EMAIL: "ops@example.com" }

describe("stage", () => {
  it("is personal unless its name or its kind says otherwise", () => {
    assert.isFalse(stageOf("dev-ana", {}).permanent)
    assert.isTrue(stageOf("prod", email).permanent)
    assert.isTrue(stageOf("acme", { ...email, STAGE_KIND: "permanent" }).permanent)
    assert.isFalse(stageOf("staging", { STAGE_KIND: "personal" }).permanent)
  })

  it("sends no mail from a personal stage", () => {
    assert.isUndefined(stageOf("dev-ana", email).alarmEmail)
  })

  it("takes what is configured, and its defaults where nothing is", () => {
    const stage = stageOf("dev-ana", { STAGE_TELEGRAM_RANGES: "10.0.0.0/8, 192.0.2.0/24", STAGE_REGION: " " })
    assert.deepStrictEqual(stage.telegramRanges, ["10.0.0.0/8", "192.0.2.0/24"])
    assert.strictEqual(stage.region, "eu-central-1")
    assert.deepStrictEqual(stage.throttle, { rate: 200, burst: 400 })
  })

  it("says in .env.example what there is to be set", () => {
    const example = readFileSync(`${root}/.env.example`, "utf8")
    const named = [...example.matchAll(/^#?(STAGE_\w+)=/gm)].map(([, name]) => name)
    assert.sameMembers(named, [...options])
  })

  const refused: ReadonlyArray<readonly [stage: string, env: Record<string, string>, says: RegExp]> = [
    ["prod", {}, /set STAGE_ALARM_EMAIL=<address> in \.env\.prod$/],
    ["prod", { STAGE_ALARM_EMAIL: "nobody" }, /STAGE_ALARM_EMAIL is "nobody": use an e-mail address/],
    ["dev", { STAGE_EMAIL: "a@example.com" }, /^Unknown stage option STAGE_EMAIL: remove it, or use one of /],
    ["dev", { STAGE_REGION: "frankfurt" }, /a region such as/],
    ["dev", { STAGE_REPLICA_REGION: "eu-central-1" }, /own region/],
    ["dev", { STAGE_RECOVERY: "{}" }, /the output "recovery" of the lost stage/],
    ["dev", { STAGE_TABLES: '{"users":"a"}' }, /JSON such as/],
    ["dev", { STAGE_KIND: "temporary" }, /permanent or personal/],
    ["dev", { STAGE_TELEGRAM_RANGES: "149.154.160.0" }, /ranges such as/],
    [
      "dev",
      { STAGE_EVENT_DAYS: String(retention.lastUpdate - 1) },
      new RegExp(`from ${retention.lastUpdate} to ${retention.eventsMost}`),
    ],
    ["dev", { STAGE_THROTTLE_RATE: "0" }, /from 1 to/],
    ["dev", { STAGE_CORS_ORIGINS: "*" }, /origins such as/],
    ["dev", { STAGE_BRAND: "../concierge" }, /STAGE_BRAND is .*: use the name of a folder under brands\/$/],
    ["dev", { STAGE_ALARM_URL: "pager.example.com" }, /begins with https/],
    ["dev", { STAGE_BACKUP_DAYS: "0" }, /from 1 to 3650/],
    ["dev", { STAGE_MAX_CONCURRENCY: "1" }, /from 4 to 1000/],
    ["dev", { STAGE_ACCOUNT: "mine" }, /own or shared/],
    ["dev", { STAGE_ANOMALY_MONITOR: "mine" }, /"new" or a monitor's ARN/],
    ["dev", { STAGE_DOMAIN: "https://example.com" }, /a domain such as/],
    ["-dev", {}, /beginning with a letter/],
    ["d".repeat(41), {}, /1 to 40/],
  ]
  for (const [stage, env, says] of refused) {
    it(`refuses ${stage} ${JSON.stringify(env)} in one line`, () => {
      assert.throws(() => stageOf(stage, env), StageError, says)
      // SST hides what is thrown while it asks for the app; the stacks say it a moment later.
      assert.deepStrictEqual(appSettings(stage, env), { permanent: true, region: "eu-central-1" })
    })
  }
})
