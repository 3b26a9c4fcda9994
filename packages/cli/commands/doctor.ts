import type { DeadLetters } from "@concierge/core/services/DeadLetters.ts"
import type { Parked } from "@concierge/core/services/Parked.ts"
import * as Clock from "effect/Clock"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { sure, yes } from "../ask.ts"
import * as Aws from "../checks/Aws.ts"
import { concurrency, identity } from "../checks/account.ts"
import { alarmRegions, alarms, subscriptions, testAlarms } from "../checks/alarms.ts"
import type { Check } from "../checks/Check.ts"
import { localDead } from "../checks/localDead.ts"
import { machine } from "../checks/machine.ts"
import { networkAndClock } from "../checks/networkAndClock.ts"
import { parked } from "../checks/parked.ts"
import { deadLetters, queueAge } from "../checks/queues.ts"
import { report } from "../checks/report.ts"
import { secretsAreSet, tokenOf } from "../checks/secrets.ts"
import { buckets, codeCache, tables, videos } from "../checks/stage.ts"
import { stageOptions } from "../checks/stageOptions.ts"
import { voices } from "../checks/voices.ts"
import { webhook } from "../checks/webhook.ts"
import { asJson, toggle } from "../flags.ts"
import { isInShell } from "../places/again.ts"
import { neededResource, resource, stageName, webhookUrl } from "../places/resource.ts"
import { tableNames } from "../places/tableNames.ts"
import { unserved } from "../places/unserved.ts"
import { brand, onPlace, stage } from "../where.ts"

const day = 86_400_000

interface Looks {
  readonly region: string
  readonly checks: ReadonlyArray<Check<Aws.Aws | DeadLetters | Parked>>
}

const stageChecks = Effect.fnUntraced(function* (wantsAlarm: boolean) {
  const name = stageName() ?? ""
  const options = yield* stageOptions(name)
  const theBrand = yield* brand
  const names = yield* tableNames
  const [media, greetings, updates, taps, dead] = yield* Effect.all([
    neededResource("MediaBucket", "name"),
    neededResource("GreetingsBucket", "name"),
    neededResource("UpdateQueue", "url"),
    neededResource("TapQueue", "url"),
    neededResource("DeadLetters", "url"),
  ])
  const secrets = Effect.succeed(
    new Map(
      ["TelegramBotToken", "TelegramWebhookSecret"].flatMap((secret) => {
        const value = resource(secret, "value")
        return value === undefined ? [] : [[secret, value] as const]
      }),
    ),
  )
  const now = yield* Clock.currentTimeMillis
  const prefix = `concierge-${name}-`
  const deploy = `npx sst deploy --stage ${name}`
  const regions = alarmRegions(options.region, options.permanent)
  const stored = { tables: { ...names }, buckets: { media, greetings } }
  const token = Redacted.make(resource("TelegramBotToken", "value") ?? "")
  return {
    region: options.region,
    checks: [
      identity,
      concurrency(options),
      voices(theBrand, options.region),
      secretsAreSet(name, secrets),
      tokenOf(name, secrets, theBrand),
      webhook(token, webhookUrl(), name),
      tables(stored, deploy),
      buckets(stored, deploy),
      videos(theBrand, media, name),
      queueAge("newcomers", updates, now),
      queueAge("taps", taps, now),
      deadLetters(dead, name),
      parked(name),
      ...regions.map((region) => alarms(prefix, region)),
      ...(options.permanent ? regions.map((region) => subscriptions(prefix, region)) : []),
      ...(wantsAlarm ? regions.map((region) => testAlarms(prefix, region, new Date(now).toISOString())) : []),
      ...["webhook", "worker"].map((fn) => codeCache(`${prefix}${fn}`, now - day)),
      networkAndClock,
    ],
  }
})

const here = Effect.gen(function* () {
  const checks = yield* Effect.flatMap(brand, machine)
  return { region: "", checks: [...checks, localDead, parked(undefined)] }
})

export const doctor = Command.make(
  "doctor",
  {
    stage,
    json: asJson,
    alarm: toggle("alarm", "Set off an alarm of each topic, to see that its mail arrives"),
    yes,
  },
  ({ alarm, json, stage, yes }) =>
    onPlace(unserved)(
      stage,
      Effect.gen(function* () {
        if (alarm && isInShell())
          yield* sure("Set off one alarm of each topic, which mails whoever is subscribed?", yes)
        const { checks, region }: Looks = yield* isInShell() ? stageChecks(alarm) : here
        yield* Effect.provide(report(checks, json), Aws.layer(region))
      }),
    ),
).pipe(
  Command.withDescription("How it stands: each part OK, or what is wrong with it and the command that mends it"),
  Command.withExamples([
    { command: "concierge doctor", description: "This machine and its data" },
    {
      command: "concierge doctor --stage prod",
      description: "Everything a stage is made of; exit code 1 when something is wrong",
    },
    { command: "concierge doctor --stage prod --alarm", description: "And that a mail really arrives" },
  ]),
)
