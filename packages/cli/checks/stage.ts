import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { localesOf } from "@concierge/core/brand/Brand.ts"
import { mediaKey } from "@concierge/core/onboarding/steps/video.ts"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { AwsRefused } from "./Aws.ts"
import { ok, wrong } from "./Check.ts"
import { ask, awsCheck } from "./look.ts"

/** Names of what the stage stores in. */
export interface Stored {
  readonly tables: Readonly<Record<string, string>>
  readonly buckets: Readonly<Record<string, string>>
}

/** Each is there and in use: a table that is being restored or deleted is not. */
export const tables = ({ tables }: Stored, deploy: string) =>
  awsCheck(
    "tables",
    Effect.gen(function* () {
      const states = yield* Effect.forEach(
        Object.entries(tables),
        ([label, name]) =>
          ask(Schema.String, "dynamodb", "describe-table", "--table-name", name, "--query", "Table.TableStatus").pipe(
            Effect.catchIf(
              ({ code }) => code === "ResourceNotFoundException",
              () => Effect.succeed("not there"),
            ),
            Effect.map((state) => `${label} is ${state}`),
          ),
        { concurrency: 2 },
      )
      const bad = states.filter((state) => !/ is (?:ACTIVE|UPDATING)$/.test(state))
      return bad.length === 0 ? ok(Object.keys(tables).join(", ")) : wrong(bad.join("; "), deploy)
    }),
  )

const isMissing = ({ code }: AwsRefused) => /^(404|NoSuchBucket|NotFound)$/.test(code)

export const buckets = ({ buckets }: Stored, deploy: string) =>
  awsCheck(
    "buckets",
    Effect.gen(function* () {
      const missing = yield* Effect.filter(Object.entries(buckets), ([, name]) =>
        ask(Schema.Unknown, "s3api", "head-bucket", "--bucket", name).pipe(
          Effect.as(false),
          Effect.catchIf(isMissing, () => Effect.succeed(true)),
        ),
      )
      return missing.length === 0
        ? ok(Object.keys(buckets).join(", "))
        : wrong(`${missing.map(([label]) => label).join(", ")} not there`, deploy)
    }),
  )

const Keys = Schema.NullOr(Schema.Array(Schema.String))

/** Without one its language gets a link that leads nowhere. */
export const videos = (brand: BrandValue, bucket: string, stage: string) =>
  awsCheck(
    "videos",
    Effect.gen(function* () {
      const wanted = brand.flow.steps.flatMap((step) =>
        step.kind === "video" ? localesOf(brand).map((locale) => mediaKey(step, locale)) : [],
      )
      const there = yield* ask(
        Keys,
        ...["s3api", "list-objects-v2", "--bucket", bucket, "--prefix", "media/", "--query", "Contents[].Key"],
      )
      const missing = wanted.filter((key) => there?.includes(key) !== true)
      return missing.length === 0
        ? ok(`${wanted.length} of ${wanted.length}`)
        : wrong(
            `${missing.length} of ${wanted.length} not there: ${missing.join(", ")}`,
            `npx concierge media upload --stage ${stage}`,
          )
    }),
  )

const LogEvents = Schema.Struct({ events: Schema.Array(Schema.Struct({ message: Schema.String })) })

/** Each function says when it had to compile its own code. */
export const codeCache = (functionName: string, since: number) =>
  awsCheck(
    `${functionName}: code cache`,
    Effect.map(
      ask(
        LogEvents,
        ...[
          "logs",
          "filter-log-events",
          "--log-group-name",
          `/aws/lambda/${functionName}`,
          "--start-time",
          String(since),
        ],
        ...["--filter-pattern", '"code cache"', "--max-items", "1"],
      ),
      ({ events }) =>
        events.length === 0
          ? ok("taken, or not started within the last day")
          : wrong(
              "not taken: it was built for another processor or another Node, and starts slower",
              "deploy from the functions' own processor (arm64), as deploy.yml does, or set STAGE_ARCHITECTURE=x86_64",
            ),
    ),
  )
