import { execFile } from "node:child_process"
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { dirname, join } from "node:path"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { dynamoDb } from "../../packages/local/aws/dynamodb/dynamoDb.ts"
import { createTables } from "../../packages/local/aws/dynamodb/tables.ts"
import { fauxqs } from "../../packages/local/aws/fauxqs.ts"
import { createBuckets } from "../../packages/local/aws/s3/buckets.ts"
import { storeLinks } from "../../packages/local/aws/storeLinks.ts"
import type { Plan } from "../../stacks/diff/plan.ts"
import { root, temporaryDirectory } from "../e2e/support/process.ts"
import { copiedTree } from "../e2e/support/tree.ts"
import * as Bot from "../fixtures/telegram/bot.ts"
import { listen } from "../layers/listen.ts"
import { all, at, dev, prod, recovered, restored } from "./stages.ts"
import { isPrinted, type Typed, typedIn } from "./walk/typed.ts"

const [deploy = "", runbook = ""] = ["deploy", "runbook"].map((name) =>
  readFileSync(join(root, `docs/${name}.md`), "utf8"),
)
const here = join(import.meta.dirname, "walk")

const token = `123456789:${"A".repeat(35)}`
const restorable = ["Users", "Events", "Sessions", "Settings"]
/** What a reader puts for the page's words in brackets, and what they type besides. */
const meant: Readonly<Record<string, string>> = {
  "<this repository>": "../repository",
  "<owner>/<repository>": "acme/bot",
  "<login>": "ana",
  ...Object.fromEntries(
    restorable.map((name) => [`concierge-prod-${name}TableTable-…`, `concierge-prod-${name}TableTable-abcdefgh`]),
  ),
  // It would wait until the old secret ends, 40 minutes.
  "rotate webhook --stage prod": "rotate webhook --stage prod --later",
}

/** The kept output of a deploy with copies elsewhere. */
const recovery = {
  region: "eu-west-1",
  key: "arn:aws:kms:eu-west-1:123456789012:key/copies",
  users: "copied-users",
  sessions: "copied-sessions",
  events: "copied-events",
  settings: "copied-settings",
  media: "copied-media",
  greetings: "copied-greetings",
}

/** What the page has written into a file: the lines under the editor's. */
const written = (prints: ReadonlyArray<string>) =>
  prints.flatMap((line) => {
    const [, name = "", value = ""] = /^ *(STAGE_[A-Z_]+)=(\S+)/.exec(line) ?? []
    const text = name === "STAGE_RECOVERY" ? JSON.stringify(recovery) : value
    return name === "" ? [] : [`/^${name}=/d\n$a ${name}=${text}\n`]
  })

/** What is typed at a question, or pasted. */
const answers: Readonly<Record<string, string>> = {
  "cat > token.txt": `${token}\n`,
  "cat > my-token.txt": `${token}\n`,
  "--alarm": "y\n",
  "secrets rotate": "y\n",
}

/** Where the page has a command say no. */
const refused: Readonly<Record<string, RegExp>> = {
  "npx concierge preflight --stage prod": /1 of 7 is wrong/,
  "npx concierge doctor --stage prod --alarm": /are wrong/,
  "npx concierge funnel --html funnel.html --stage prod": /nobody has started yet/,
  "npx sst remove --stage prod": /protected/,
}

const outputs = (plan: Plan, change: Readonly<Record<string, string>> = {}) =>
  Object.entries({ ...plan.outputs, ...change })
    .filter(([name]) => !name.startsWith("_"))
    .map(([name, value]) => `   ${name}: ${Array.isArray(value) ? value.join(", ") : value}\n`)
    .join("")

const alarmsIn = (region: string) =>
  all(prod, "MetricAlarm")
    .toSorted((one, other) => String(one.inputs.name).localeCompare(String(other.inputs.name)))
    .flatMap(({ inputs, options }) =>
      (options?.provider === undefined ? "eu-central-1" : "us-east-1") === region
        ? [{ name: inputs.name, topic: at(inputs, "alarmActions", 0) ?? null }]
        : [],
    )

/** As a terminal shows it in the end: what was typed once, and no bar that was drawn over. */
const shown = (output: string): string =>
  output
    .replaceAll("\r", "")
    .split("\n")
    .map((line) => line.split(`${escape}[K`).at(-1) ?? "")
    .map((line) =>
      line
        .split(escape)
        .map((part) => part.replace(/^\[\d*[A-Z]/, ""))
        .join(""),
    )
    .filter((line) => line !== "y" && !/[█░]/.test(line))
    .join("\n")

const escape = String.fromCharCode(27)

interface Mock {
  readonly folder: string
  readonly webhookUrl: string
}

/** The files that the stand-ins for `aws`, `sst` and `gh` answer from. */
const account = ({ folder, webhookUrl }: Mock) => {
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  const json = (file: string, value: unknown) => write(file, JSON.stringify(value))
  for (const name of ["roles", "github", "deployed", "secrets"]) mkdirSync(join(folder, name))
  write(
    "identity",
    '{ "UserId": "AROA:you", "Account": "123456789012", "Arn": "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_AdministratorAccess_1/you" }\n',
  )
  for (const [name, plan] of [
    ["prod", prod],
    ["prod-west", recovered],
  ] as const)
    json(`plans/${name}`, plan)
  write("outputs/prod", outputs(prod))
  write(
    "outputs/prod-west",
    outputs(recovered, { webhookUrl: "https://d222222abcdef8.cloudfront.net/telegram/webhook" }),
  )
  write("outputs/dev-ana", outputs(dev))
  for (const region of ["eu-central-1", "us-east-1"]) json(`alarms/${region}`, alarmsIn(region))
  json("subscriptions", [
    {
      TopicArn: "arn:aws:sns:eu-central-1:123456789012:concierge-prod-Critical",
      Protocol: "email",
      Endpoint: "you@example.com",
      SubscriptionArn: "arn:aws:sns:eu-central-1:123456789012:concierge-prod-Critical:1",
    },
  ])
  // Seven releases ago.
  for (const [name, version] of [
    ["worker", "7"],
    ["webhook", "3"],
  ] as const) {
    write(`newest/${name}`, version)
    write(`live/${name}`, version)
  }
  const links = {
    Operations: { webhookUrl, operatorKey: "key", isReleased: true },
    ...storeLinks,
    UpdateQueue: { url: "https://sqs.eu-central-1.amazonaws.com/123456789012/updates" },
    TapQueue: { url: "https://sqs.eu-central-1.amazonaws.com/123456789012/taps" },
    DeadLetters: { url: "https://sqs.eu-central-1.amazonaws.com/123456789012/dead" },
    TombstoneKey: { value: "a-key-of-forty-characters-that-opens-nothing" },
  }
  write(
    "resources",
    Object.entries(links)
      .map(([name, value]) => `export SST_RESOURCE_${name}='${JSON.stringify(value)}'\n`)
      .join(""),
  )
  write("writes/prod.env", "s/^STAGE_REGION=.*/STAGE_REGION=eu-central-1/\n")
  write("tables", restorable.map((name) => `concierge-prod-${name}TableTable-abcdefgh\n`).join(""))
  // What the runbook's restore finds: a stage on other tables, and another edit of its options.
  json("restore/plans/prod", restored)
  write("restore/outputs/prod", outputs(restored))
  mkdirSync(join(folder, "restore/writes"))
  write("writes/brand.ts", 's/username: "[a-z_]*"/username: "your_bot"/\n')
}

/** The pages' commands as lines for one shell, each with its output and its exit code in files of its own. */
const scriptOf = (commands: ReadonlyArray<string>, folder: string) =>
  commands.map((command, index) => {
    const [, answer = ""] = Object.entries(answers).find(([part]) => command.includes(part)) ?? []
    writeFileSync(join(folder, `in.${index}`), answer)
    // A question is asked of a terminal alone.
    const asked = /--alarm|secrets rotate/.test(command) ? `script -qec '${command}' /dev/null` : command
    return `{ ${asked}\n} > "$SAID/out.${index}" 2>&1 < "$SAID/in.${index}"; echo $? > "$SAID/code.${index}"`
  })

layer(Bot.layer({ botToken: token, botUsername: "your_bot" }), { excludeTestServices: true })(
  "docs/deploy.md, and then docs/runbook.md,",
  (it) => {
    it.effect("can be typed from the first line to the last by somebody with an empty account", () =>
      Effect.gen(function* () {
        const [deploying, mending] = [typedIn(deploy), typedIn(runbook)]
        assert.isAbove(deploying.length, 50)
        assert.isAbove(mending.length, 10)
        const typed = [...deploying, ...mending]
        const [tree, home, said, mock] = [
          yield* copiedTree,
          yield* temporaryDirectory,
          yield* temporaryDirectory,
          yield* temporaryDirectory,
        ]
        renameSync(tree.path, join(home, "repository"))
        const sst = join(home, "repository/node_modules/.bin/sst")
        rmSync(sst)
        symlinkSync(join(here, "account/sst"), sst)
        mkdirSync(join(home, "desk"))
        const [objects, items] = [yield* fauxqs, yield* dynamoDb]
        yield* Effect.all([createTables(items), createBuckets(objects)])
        const { url: telegram } = yield* Bot.Bot
        const edge = yield* listen(
          createServer((request, response) => {
            const secret = readFileSync(join(mock, "deployed/prod/TelegramWebhookSecret"), "utf8").trim()
            response.writeHead(request.headers["x-telegram-bot-api-secret-token"] === secret ? 400 : 401).end("{}")
          }),
        )
        const editedIn = (page: ReadonlyArray<Typed>, file: string) =>
          written(page.find(({ command }) => command.includes(`$EDITOR ${file}`))?.prints ?? []).join("")
        account({ folder: mock, webhookUrl: `${edge}/telegram/webhook` })
        writeFileSync(join(mock, "writes/prod-west.env"), editedIn(deploying, "stages/prod-west.env"))
        writeFileSync(join(mock, "restore/writes/prod.env"), editedIn(mending, "stages/prod.env"))
        const commands = typed.map(({ command }) =>
          Object.entries(meant).reduce(
            (text, [words, value]) => text.replaceAll(words, value),
            command.replace(/ {2,}# .*$/, ""),
          ),
        )
        const script = scriptOf(commands, said).toSpliced(deploying.length, 0, 'cp -R "$MOCK/restore/." "$MOCK"')
        yield* Effect.promise(
          () =>
            new Promise<void>((resolve) => {
              const env = {
                AWS_ENDPOINT_URL_S3: objects,
                AWS_ENDPOINT_URL_DYNAMODB: items,
                HOME: home,
                LANG: "C.UTF-8",
                EDITOR: "vi",
                PATH: `${join(here, "account")}:${join(root, "node_modules/.bin")}:${process.env.PATH}`,
                MOCK: mock,
                SAID: said,
                WALK: here,
                TELEGRAM_API: telegram,
                NO_COLOR: "1",
              }
              execFile("bash", ["-c", script.join("\n")], { cwd: join(home, "desk"), env }, () => resolve())
            }),
        )
        const wrong = typed.flatMap(({ command, prints }, index) => {
          const out = shown(readFileSync(join(said, `out.${index}`), "utf8"))
            .replaceAll(new URL(edge).origin, "https://d111111abcdef8.cloudfront.net")
            .replaceAll(new URL(telegram).host, "api.telegram.org")
          const code = Number(readFileSync(join(said, `code.${index}`), "utf8"))
          const isMeant = refused[command] === undefined ? code === 0 : code !== 0 && refused[command].test(out)
          const isSaid =
            command.includes("$EDITOR") ||
            prints.length === 0 ||
            isPrinted(
              prints.map((line) => line.replaceAll("<owner>/<repository>", "acme/bot")),
              out,
            )
          return isMeant && isSaid ? [] : [`$ ${command}\n[${code}] ${isSaid ? "" : "not as the page has it: "}${out}`]
        })
        assert.strictEqual(wrong.join("\n\n"), "")
      }),
    )
  },
)
