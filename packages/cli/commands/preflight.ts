import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Aws from "../checks/Aws.ts"
import { cloudFront, concurrency, hostedZone, identity } from "../checks/account.ts"
import { machine } from "../checks/machine.ts"
import { networkAndClock } from "../checks/networkAndClock.ts"
import { report } from "../checks/report.ts"
import { secretList } from "../checks/secretList.ts"
import { secretsAreSet, tokenOf } from "../checks/secrets.ts"
import { stageOptions } from "../checks/stageOptions.ts"
import { voices } from "../checks/voices.ts"
import { asJson } from "../flags.ts"
import { brand as brandHere, brandNamed, stage } from "../where.ts"

const onStage = Effect.fnUntraced(function* (name: string, wantsJson: boolean) {
  const options = yield* stageOptions(name)
  const brand = yield* brandNamed(options.brand)
  const secrets = yield* secretList(name)
  const checks = [
    identity,
    concurrency(options),
    ...(options.permanent ? [cloudFront] : []),
    voices(brand, options.region),
    ...(options.domain === undefined ? [] : [hostedZone(options.domain)]),
    secretsAreSet(name, secrets),
    tokenOf(name, secrets, brand),
    networkAndClock,
  ]
  yield* report(checks, wantsJson).pipe(Effect.provide(Aws.layer(options.region)))
})

export const preflight = Command.make("preflight", { stage, json: asJson }, ({ json, stage }) =>
  Option.match(stage, {
    onSome: (name) => onStage(name, json),
    onNone: () => Effect.flatMap(Effect.flatMap(brandHere, machine), (checks) => report(checks, json)),
  }),
).pipe(
  Command.withDescription("Before a start or a deploy: what would stand in its way, and the command that mends it"),
  Command.withExamples([
    { command: "concierge preflight", description: "Whether npm start has what it needs" },
    {
      command: "concierge preflight --stage prod",
      description: "Whether a first deploy would go through; needs credentials only",
    },
  ]),
)
