import { defaultBrand, edge, events, media, monthlyBudget, tables, worker } from "./limits.ts"
import { check, count, type Environment, list, type Option, oneOf, options, reader, StageError } from "./options.ts"
import { type Recovery, type RestoredTables, recoveryFrom, restoredFrom } from "./recovery.ts"
import { isBrand, isDomain, isEmail, isEndpoint, isMonitor, isRange, isRegion, isUrl } from "./shapes.ts"

/** What a stage is. Nothing else in stacks/ asks for a stage by its name. */
export interface Stage {
  readonly name: string
  /** Permanent: protected, retained, behind the edge, alarms by e-mail. Personal: cheap, and gone when it is removed. */
  readonly permanent: boolean
  /** The folder under brands/ whose bot this is. */
  readonly brand: string
  readonly region: string
  readonly alarmEmail: string | undefined
  readonly domain: string | undefined
  readonly replicaRegion: string | undefined
  /** Set where this stage takes over from a lost one: the copies that it works on instead of tables of its own. */
  readonly recovery: Recovery | undefined
  /** Set after a restore to a moment: the tables that it works on instead of its own, which stay as they are. */
  readonly tables: RestoredTables | undefined
  readonly architecture: "arm64" | "x86_64"
  readonly telegramRanges: ReadonlyArray<string>
  readonly corsOrigins: ReadonlyArray<string>
  readonly throttle: { readonly rate: number; readonly burst: number }
  readonly mediaUrlMinutes: number
  readonly logLevel: "Info" | "Debug"
  readonly eventDays: number
  readonly monthlyBudget: number
  /** Workers at once, at most. */
  readonly maxConcurrency: number
  /** An account of the stage's own, whose whole bill is the stage's; shared, only what carries its tag. */
  readonly ownAccount: boolean
  /** Of Cost Anomaly Detection: `new`, or the ARN of the one that the account has. */
  readonly anomalyMonitor: string | undefined
  /** Of a pager or a chat, told of critical and warning alarms beside the mail. */
  readonly alarmUrl: string | undefined
  /** A collector of OpenTelemetry's, which is told of traces, metrics and logs before each answer. */
  readonly otlpEndpoint: string | undefined
  /** Nightly copies of the tables are kept so long; none without. */
  readonly backupDays: number | undefined
}

/** Near most of the first brand's people, and has Polly's neural voices. */
const defaultRegion = "eu-central-1"

const permanentByName = ["prod", "production", "staging"]

export const isPermanent = (name: string, env: Environment) => {
  const byName = permanentByName.includes(name) ? "permanent" : "personal"
  return reader(env)("STAGE_KIND", byName, oneOf("permanent", "personal")) === "permanent"
}

/** Longest name of ours is `concierge-<stage>-webhook`, and a function's may have 64 characters. */
const nameShape = /^[a-z][a-z0-9-]{0,39}$/

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
  const permanent = isPermanent(name, env)
  const region = read("STAGE_REGION", defaultRegion, check(isRegion, "a region such as eu-central-1"))
  const alarmEmail = read("STAGE_ALARM_EMAIL", undefined, check(isEmail, "an e-mail address"))
  if (permanent && alarmEmail === undefined) {
    throw new StageError(
      `Stage ${name} is permanent and its alarms need a reader: set STAGE_ALARM_EMAIL=<address> in .env.${name}`,
    )
  }
  const alarmUrl = read("STAGE_ALARM_URL", undefined, check(isEndpoint, "an address that begins with https://"))
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
  const restored = read("STAGE_TABLES", undefined, restoredFrom)
  if (restored !== undefined && recovery !== undefined) {
    throw new StageError(
      "STAGE_TABLES and STAGE_RECOVERY both say which tables are meant: put the tables' names into STAGE_RECOVERY, and remove STAGE_TABLES",
    )
  }
  return {
    name,
    permanent,
    brand: read("STAGE_BRAND", defaultBrand, check(isBrand, "the name of a folder under brands/")),
    recovery,
    tables: restored,
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
    // Nothing above Info: Lambda would drop the metrics, which are lines of that level.
    logLevel: read("STAGE_LOG_LEVEL", "Info", oneOf("Info", "Debug")),
    eventDays: read("STAGE_EVENT_DAYS", tables.eventDays, count(events.daysLeast, events.daysMost)),
    monthlyBudget: read("STAGE_MONTHLY_BUDGET", monthlyBudget, count(1, 1_000_000)),
    maxConcurrency: read(
      "STAGE_MAX_CONCURRENCY",
      worker.maxConcurrency,
      count(worker.concurrencyLeast, worker.concurrencyMost),
    ),
    ownAccount: read("STAGE_ACCOUNT", "own", oneOf("own", "shared")) === "own",
    // As with the address: a personal stage wakes nobody.
    alarmUrl: permanent ? alarmUrl : undefined,
    otlpEndpoint: read("STAGE_OTLP_ENDPOINT", undefined, check(isEndpoint, "an address that begins with https://")),
    backupDays: read("STAGE_BACKUP_DAYS", undefined, count(1, 3_650)),
    anomalyMonitor: read("STAGE_ANOMALY_MONITOR", undefined, check(isMonitor, '"new" or a monitor\'s ARN')),
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
    const { STAGE_REGION: region = "" } = env
    return { permanent: true, region: isRegion(region) ? region : defaultRegion }
  }
}
