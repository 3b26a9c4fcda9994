// What `aws dynamodb` answers to whoever restores tables, in the form of the real command line's. $MOCK/tables names those that there are.
import { appendFileSync, readFileSync } from "node:fs"
import { type ParseArgsConfig, parseArgs } from "node:util"

const file = `${process.env.MOCK}/tables`

/** The real one ends with 252 where it asks nobody, with 254 where the service says no. */
class Refused extends Error {
  readonly code: 252 | 254
  constructor(code: 252 | 254, message: string) {
    super(message)
    this.code = code
  }
}

const wrong = (what: string) => new Refused(252, `aws: [ERROR]: ${what}`)
const no = (code: string, operation: string, what: string) =>
  new Refused(254, `An error occurred (${code}) when calling the ${operation} operation: ${what}`)

const isThere = (name: string) => readFileSync(file, "utf8").split("\n").includes(name)

const mustBeThere = (operation: string, name: string) => {
  if (!isThere(name)) throw no("ResourceNotFoundException", operation, `Table not found: ${name}`)
}

/** `A=true,B=35`, of members that there are. */
const members = (text: string, known: ReadonlyArray<string>): ReadonlyMap<string, string> =>
  new Map(
    text.split(",").map((part) => {
      const [name = "", value = ""] = part.split("=", 2)
      if (!known.includes(name))
        throw wrong(`Unknown parameter in input: "${name}", must be one of: ${known.join(", ")}`)
      return [name, value]
    }),
  )

interface Operation {
  readonly takes: ReadonlyArray<string>
  readonly does: (given: (option: string) => string) => unknown
  readonly switches?: ReadonlyArray<string>
}

const operations: Readonly<Record<string, Operation>> = {
  "restore-table-to-point-in-time": {
    takes: ["source-table-name", "target-table-name", "restore-date-time"],
    does: (given) => {
      const [operation, source, target] = [
        "RestoreTableToPointInTime",
        given("source-table-name"),
        given("target-table-name"),
      ]
      if (!isThere(source)) throw no("TableNotFoundException", operation, `Table not found: ${source}`)
      if (!/^[\w.-]{3,255}$/.test(target)) throw no("ValidationException", operation, "Invalid table name")
      if (isThere(target)) throw no("TableAlreadyExistsException", operation, `Table already exists: ${target}`)
      if (Number.isNaN(Date.parse(given("restore-date-time")))) throw wrong("Invalid timestamp")
      appendFileSync(file, `${target}\n`)
      return { TableDescription: { TableName: target, TableStatus: "CREATING" } }
    },
  },
  wait: {
    takes: ["table-name"],
    does: (given) => {
      if (!isThere(given("table-name"))) throw new Refused(252, "Waiter TableExists failed: Max attempts exceeded")
    },
  },
  "update-continuous-backups": {
    takes: ["table-name", "point-in-time-recovery-specification"],
    does: (given) => {
      mustBeThere("UpdateContinuousBackups", given("table-name"))
      const asked = members(given("point-in-time-recovery-specification"), [
        "PointInTimeRecoveryEnabled",
        "RecoveryPeriodInDays",
      ])
      return {
        ContinuousBackupsDescription: {
          ContinuousBackupsStatus: "ENABLED",
          PointInTimeRecoveryDescription: {
            PointInTimeRecoveryStatus: asked.get("PointInTimeRecoveryEnabled") === "true" ? "ENABLED" : "DISABLED",
            RecoveryPeriodInDays: Number(asked.get("RecoveryPeriodInDays") ?? 35),
          },
        },
      }
    },
  },
  "update-table": {
    takes: ["table-name"],
    switches: ["deletion-protection-enabled"],
    does: (given) => {
      mustBeThere("UpdateTable", given("table-name"))
      return { TableDescription: { TableName: given("table-name") } }
    },
  },
  "update-time-to-live": {
    takes: ["table-name", "time-to-live-specification"],
    does: (given) => {
      mustBeThere("UpdateTimeToLive", given("table-name"))
      const asked = members(given("time-to-live-specification"), ["Enabled", "AttributeName"])
      return {
        TimeToLiveSpecification: {
          Enabled: asked.get("Enabled") === "true",
          AttributeName: asked.get("AttributeName"),
        },
      }
    },
  },
}

const answer = ([name = "", ...rest]: ReadonlyArray<string>): string => {
  const { does, switches = [], takes } = operations[name] ?? { takes: [], does: () => undefined }
  if (name === "wait" && rest.shift() !== "table-exists") throw wrong("argument waiter: Found invalid choice")
  const options: NonNullable<ParseArgsConfig["options"]> = Object.fromEntries([
    ...["query", ...takes].map((option) => [option, { type: "string" }] as const),
    ...switches.map((option) => [option, { type: "boolean" }] as const),
  ])
  const { tokens, values } = parseArgs({ args: rest, options, strict: false, tokens: true })
  const unknown = tokens.flatMap((token) =>
    token.kind === "option" && !(token.name in options)
      ? [token.rawName]
      : token.kind === "positional"
        ? [token.value]
        : [],
  )
  if (unknown.length > 0) throw wrong(`Unknown options: ${unknown.join(", ")}`)
  const missing = [...takes, ...switches].filter((option) => values[option] === undefined)
  if (missing.length > 0) throw wrong(`the following arguments are required: --${missing.join(", --")}`)
  const whole = does((option) => String(values[option]))
  const query = values.query === undefined ? [] : String(values.query).split(".")
  const asked = query.reduce<unknown>((value, key) => Object(value)[key] ?? null, whole)
  return asked === undefined ? "" : `${JSON.stringify(asked, undefined, 4)}\n`
}

try {
  process.stdout.write(answer(process.argv.slice(2)))
} catch (fault) {
  process.stderr.write(`\n${fault instanceof Error ? fault.message : fault}\n`)
  process.exitCode = fault instanceof Refused ? fault.code : 1
}
