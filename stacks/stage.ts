import { edge, events, media, monthlyBudget, tables, voices } from "./limits.ts"
import { type Recovery, recoveryFrom } from "./recovery.ts"
import { isCount, isDomain, isEmail, isRange, isRegion, isUrl, isVoice } from "./shapes.ts"

/** What a stage is. Nothing else in stacks/ asks for a stage by its name. */
export interface Stage {
  readonly name: string
  /** Permanent: protected, retained, behind the edge, alarms by e-mail. Personal: cheap, and gone when it is removed. */
  readonly permanent: boolean
  readonly region: string
  readonly alarmEmail: string | undefined
  readonly domain: string | undefined
  readonly replicaRegion: string | undefined
  /** Set where this stage takes over from a lost one: the copies that it works on instead of tables of its own. */
  readonly recovery: Recovery | undefined
  readonly architecture: "arm64" | "x86_64"
  readonly telegramRanges: ReadonlyArray<string>
  readonly corsOrigins: ReadonlyArray<string>
  readonly throttle: { readonly rate: number; readonly burst: number }
  readonly mediaUrlMinutes: number
  readonly voices: { readonly en: string; readonly es: string }
  readonly logLevel: "Info" | "Debug"
  readonly eventDays: number
  readonly monthlyBudget: number
}

/** A fault of whoever set the stage up; its message is the whole of what they are shown. */
export class StageError extends Error {
  override readonly name = "StageError"
}

/** Near most of the first brand's people, and has Polly's neural voices. */
const defaultRegion = "eu-central-1"

const permanentByName = ["prod", "production", "staging"]

/** Longest name of ours is `concierge-<stage>-webhook`, and a function's may have 64 characters. */
const nameShape = /^[a-z][a-z0-9-]{0,39}$/

const options = [
  "STAGE_KIND",
  "STAGE_REGION",
  "STAGE_ALARM_EMAIL",
  "STAGE_DOMAIN",
  "STAGE_REPLICA_REGION",
  "STAGE_RECOVERY",
  "STAGE_ARCHITECTURE",
  "STAGE_TELEGRAM_RANGES",
  "STAGE_CORS_ORIGINS",
  "STAGE_THROTTLE_RATE",
  "STAGE_THROTTLE_BURST",
  "STAGE_MEDIA_URL_MINUTES",
  "STAGE_VOICE_EN",
  "STAGE_VOICE_ES",
  "STAGE_LOG_LEVEL",
  "STAGE_EVENT_DAYS",
  "STAGE_MONTHLY_BUDGET",
] as const

type Option = (typeof options)[number]

/** Every option as if not given, whatever the shell and `.env.<stage>` say: for plans that must come out the same anywhere. */
export const noOptions: Readonly<Record<string, string>> = Object.fromEntries(options.map((option) => [option, ""]))

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the `STAGE_…` variables (from the shell, CI, or `.env.<stage>`); throws a `StageError` at the first fault. */
export const stageOf = (name: string, env: Environment): Stage => {
  if (!nameShape.test(name)) {
    throw new StageError(`Stage "${name}": use 1 to 40 of a-z, 0-9 and "-", beginning with a letter`)
  }
  const unknown = Object.keys(env).find((key) => key.startsWith("STAGE_") && !options.includes(key as Option))
  if (unknown !== undefined) {
    throw new StageError(`Unknown stage option ${unknown}: remove it, or use one of ${options.join(", ")}`)
  }
  const read = reader(env)
  const kind = read(
    "STAGE_KIND",
    permanentByName.includes(name) ? "permanent" : "personal",
    oneOf("permanent", "personal"),
  )
  const permanent = kind === "permanent"
  const region = read("STAGE_REGION", defaultRegion, check(isRegion, "a region such as eu-central-1"))
  const alarmEmail = read("STAGE_ALARM_EMAIL", undefined, check(isEmail, "an e-mail address"))
  if (permanent && alarmEmail === undefined) {
    throw new StageError(
      `Stage ${name} is permanent and its alarms need a reader: set STAGE_ALARM_EMAIL=<address> in .env.${name}`,
    )
  }
  const replicaRegion = read("STAGE_REPLICA_REGION", undefined, check(isRegion, "a region such as eu-west-1"))
  if (replicaRegion === region) {
    throw new StageError(`STAGE_REPLICA_REGION is the stage's own region (${region}): name another, or remove it`)
  }
  const recovery = read("STAGE_RECOVERY", undefined, recoveryFrom)
  if (recovery !== undefined && recovery.region !== region) {
    throw new StageError(`The copies in STAGE_RECOVERY are in ${recovery.region}: set STAGE_REGION=${recovery.region}`)
  }
  if (recovery !== undefined && replicaRegion !== undefined) {
    throw new StageError("STAGE_RECOVERY works on copies, which cannot be copied on: remove STAGE_REPLICA_REGION")
  }
  return {
    name,
    permanent,
    recovery,
    region,
    // A personal stage sends no mail even when the shell has an address for another stage.
    alarmEmail: permanent ? alarmEmail : undefined,
    domain: read("STAGE_DOMAIN", undefined, check(isDomain, "a domain such as bot.example.com")),
    replicaRegion,
    architecture: read("STAGE_ARCHITECTURE", "arm64", oneOf("arm64", "x86_64")),
    telegramRanges: read(
      "STAGE_TELEGRAM_RANGES",
      edge.telegramRanges,
      list(isRange, "ranges such as 149.154.160.0/20"),
    ),
    corsOrigins: read("STAGE_CORS_ORIGINS", [], list(isUrl, "origins such as https://example.com")),
    throttle: {
      rate: read("STAGE_THROTTLE_RATE", edge.throttleRate, count(1, 10_000)),
      burst: read("STAGE_THROTTLE_BURST", edge.throttleBurst, count(1, 5_000)),
    },
    mediaUrlMinutes: read("STAGE_MEDIA_URL_MINUTES", media.urlMinutes, count(1, media.urlMinutesMost)),
    voices: {
      en: read("STAGE_VOICE_EN", voices.en, check(isVoice, "a neural voice of Polly's such as Matthew")),
      es: read("STAGE_VOICE_ES", voices.es, check(isVoice, "a neural voice of Polly's such as Lucia")),
    },
    // Nothing above Info: Lambda would drop the metrics, which are lines of that level.
    logLevel: read("STAGE_LOG_LEVEL", "Info", oneOf("Info", "Debug")),
    eventDays: read("STAGE_EVENT_DAYS", tables.eventDays, count(events.daysLeast, events.daysMost)),
    monthlyBudget: read("STAGE_MONTHLY_BUDGET", monthlyBudget, count(1, 1_000_000)),
  }
}

/**
 * What SST asks before it runs the stacks. It hides whatever is thrown there ("Unexpected error occurred"), so a faulty
 * stage gets the careful answer here, and `main` says what is wrong before anything is made.
 */
export const appSettings = (name: string, env: Environment): Pick<Stage, "permanent" | "region"> => {
  try {
    return stageOf(name, env)
  } catch {
    return { permanent: true, region: defaultRegion }
  }
}

type Parse<A> = (value: string) => A | { readonly expected: string }

const reader =
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

const check =
  (is: (value: string) => boolean, expected: string): Parse<string> =>
  (value) =>
    is(value) ? value : { expected }

const oneOf =
  <const A extends string>(...values: ReadonlyArray<A>): Parse<A> =>
  (value) =>
    values.find((known) => known === value) ?? { expected: values.join(" or ") }

const list =
  (is: (value: string) => boolean, expected: string): Parse<ReadonlyArray<string>> =>
  (value) => {
    const parts = value.split(",").map((part) => part.trim())
    return parts.every(is) ? parts : { expected: `${expected}, separated by commas` }
  }

const count =
  (least: number, most: number): Parse<number> =>
  (value) =>
    isCount(value, least, most) ? Number(value) : { expected: `a whole number from ${least} to ${most}` }
