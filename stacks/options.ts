import { isCount } from "./shapes.ts"

/** What a stage may be told, as `STAGE_…` variables; .env.example says what each is for. */
export const options = [
  "STAGE_KIND",
  "STAGE_BRAND",
  "STAGE_REGION",
  "STAGE_ALARM_EMAIL",
  "STAGE_DOMAIN",
  "STAGE_REPLICA_REGION",
  "STAGE_RECOVERY",
  "STAGE_TABLES",
  "STAGE_ARCHITECTURE",
  "STAGE_TELEGRAM_RANGES",
  "STAGE_CORS_ORIGINS",
  "STAGE_THROTTLE_RATE",
  "STAGE_THROTTLE_BURST",
  "STAGE_MEDIA_URL_MINUTES",
  "STAGE_LOG_LEVEL",
  "STAGE_EVENT_DAYS",
  "STAGE_MONTHLY_BUDGET",
  "STAGE_MAX_CONCURRENCY",
  "STAGE_ACCOUNT",
  "STAGE_ANOMALY_MONITOR",
  "STAGE_ALARM_URL",
  "STAGE_OTLP_ENDPOINT",
  "STAGE_BACKUP_DAYS",
] as const

export type Option = (typeof options)[number]
export type Environment = Readonly<Record<string, string | undefined>>

/** Every option as if not given, whatever the shell and `.env.<stage>` say: for plans that must come out the same anywhere. */
export const noOptions: Readonly<Record<string, string>> = Object.fromEntries(options.map((option) => [option, ""]))

/** A fault of whoever set the stage up; its message is the whole of what they are shown. */
export class StageError extends Error {
  override readonly name = "StageError"
}

type Parse<A> = (value: string) => A | { readonly expected: string }

/** The parsed value of an option, `absent` where it is not given; throws where it cannot be parsed. */
export const reader =
  (env: Environment) =>
  <A, B>(option: Option, absent: B, parse: Parse<A>): A | B => {
    const value = env[option]?.trim()
    if (value === undefined || value === "") return absent
    const parsed = parse(value)
    if (isFault(parsed)) throw new StageError(`${option} is "${value}": use ${parsed.expected}`)
    return parsed
  }

const isFault = (parsed: unknown): parsed is { readonly expected: string } =>
  typeof parsed === "object" && parsed !== null && "expected" in parsed

export const check =
  (is: (value: string) => boolean, expected: string): Parse<string> =>
  (value) =>
    is(value) ? value : { expected }

export const oneOf =
  <const A extends string>(...values: ReadonlyArray<A>): Parse<A> =>
  (value) =>
    values.find((known) => known === value) ?? { expected: values.join(" or ") }

export const list =
  (is: (value: string) => boolean, expected: string): Parse<ReadonlyArray<string>> =>
  (value) => {
    const parts = value.split(",").map((part) => part.trim())
    return parts.every(is) ? parts : { expected: `${expected}, separated by commas` }
  }

export const count =
  (least: number, most: number): Parse<number> =>
  (value) =>
    isCount(value, least, most) ? Number(value) : { expected: `a whole number from ${least} to ${most}` }
