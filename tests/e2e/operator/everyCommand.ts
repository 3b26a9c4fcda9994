import { existsSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { isInShell } from "@concierge/cli/places/again.ts"
import { assert, type Vitest } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { withEnvironment } from "../../../packages/local/aws/sdk.ts"
import { sstOnPath } from "../../fixtures/cli/stage.ts"
import { tree } from "../../fixtures/cli/tree.ts"
import * as Bot from "../../fixtures/telegram/bot.ts"
import { says, somebody } from "../../layers/updates.ts"
import { root, temporaryDirectory } from "../support/process.ts"
import { concierge } from "./concierge.ts"
import { type Operated, Site, tell } from "./places.ts"
import { webhook } from "./webhook.ts"

/** Of a bot of its own, whose Telegram is a server. */
const token = `4242:${"a".repeat(35)}`

interface Night {
  readonly dead: string
  readonly parked: string
  readonly person: string
  readonly link: string
  /** A file that is not there, in a directory of its own. */
  readonly file: (name: string) => string
}

/** What is typed after the command; or the tests that hold it elsewhere; or why it is not there. */
type Tried = ((night: Night) => ReadonlyArray<string>) | { readonly heldBy: string } | { readonly isNot: string }

const plainly: Tried = () => []
const held = (by: string): Tried => ({ heldBy: `tests/${by}` })
const stageOnly: Tried = { isNot: "a stage's tables have point-in-time recovery: docs/runbook.md" }
const media = held("contract/cliMedia.test.ts")
const stage = held("unit/cli/stage.test.ts")
const rotate = held("unit/cli/rotate.test.ts")

/** Each command on one machine and on AWS. In this order, since some take away what others look at. */
const tried: Readonly<Record<string, readonly [here: Tried, onAws: Tried]>> = {
  preflight: [plainly, stage],
  doctor: [plainly, stage],
  smoke: [plainly, plainly],
  "webhook set": [() => ["--url", "https://example.com/telegram/webhook"], () => ["--url", "https://example.com/x"]],
  "webhook info": [plainly, plainly],
  "webhook delete": [() => ["--yes"], () => ["--yes"]],
  "commands set": [plainly, plainly],
  "profile set": [plainly, plainly],
  funnel: [plainly, plainly],
  "link create": [() => ["--name", "Poster"], () => ["--name", "Poster"]],
  "link list": [plainly, plainly],
  "link show": [({ link }) => [link], ({ link }) => [link]],
  "link edit": [({ link }) => [link, "--campaign", "spring"], ({ link }) => [link, "--campaign", "spring"]],
  "link disable": [({ link }) => [link], ({ link }) => [link]],
  "media check": [plainly, { isNot: "it looks at files of this machine" }],
  "media upload": [plainly, media],
  "media list": [plainly, media],
  "update show": [({ dead }) => [dead], ({ dead }) => [dead]],
  trace: [({ dead }) => [dead], ({ dead }) => [dead]],
  "user show": [({ person }) => [person], ({ person }) => [person]],
  "user export": [({ file, person }) => [person, "--file", file("1.json")], ({ person }) => [person]],
  "parked list": [plainly, plainly],
  "parked show": [({ parked }) => [parked], ({ parked }) => [parked]],
  "parked retry": [plainly, plainly],
  "dlq list": [plainly, plainly],
  "dlq show": [({ dead }) => [dead], ({ dead }) => [dead]],
  "dlq redrive": [plainly, plainly],
  "dlq drop": [() => ["--yes"], () => ["--yes"]],
  "user forget": [({ person }) => [person, "--yes"], ({ person }) => [person, "--yes"]],
  recount: [plainly, plainly],
  backup: [({ file }) => [file("backup.tgz")], stageOnly],
  restore: [held("e2e/backup.test.ts"), stageOnly],
  "secrets rotate webhook": [held("unit/cli/access.test.ts"), rotate],
  "secrets rotate token": [({ file }) => ["--env-file", file("env"), "--file", file("token")], rotate],
}

/** Those that speak to Telegram of the bot itself. */
const ofTheBot = /^(webhook|commands|profile|secrets)/

export const everyCommand = (it: Vitest.MethodsNonLive<Operated>) => {
  it.effect("every command is tried, and with --json has JSON alone on stdout", () =>
    Effect.gen(function* () {
      const { leaves } = yield* Effect.promise(tree)
      assert.sameMembers(Object.keys(tried), [...leaves])
      const directory = yield* temporaryDirectory
      const [person, odd] = [somebody(), yield* says(somebody(), "/start")]
      const dead = yield* says(person, "/menu")
      yield* webhook
      yield* tell(yield* says(person, "/start ref_a"))
      yield* tell({ ...odd, message: { ...odd.message, date: "today" } })
      yield* (yield* Site).die(JSON.stringify(dead))
      writeFileSync(join(directory, "env"), `TELEGRAM_BOT_TOKEN=${token}\n`)
      writeFileSync(join(directory, "token"), token)
      const [made] = JSON.parse((yield* concierge("link", "create", "--name", "x", "--json")).stdout)
      const night: Night = {
        dead: String(dead.update_id),
        parked: String(odd.update_id),
        person: String(person.id),
        link: made.id,
        file: (name) => join(directory, name),
      }
      const logs = { "start-query": { queryId: "1" }, "get-query-results": { status: "Complete", results: [] } }
      const { path: PATH } = yield* sstOnPath("https://example.com/x", token, logs)
      const whose = isInShell()
        ? { SST_RESOURCE_TelegramBotToken: JSON.stringify({ value: token }) }
        : { TELEGRAM_BOT_TOKEN: token }
      yield* withEnvironment({ PATH, TELEGRAM_API: (yield* Bot.Bot).url })
      for (const [command, places] of Object.entries(tried)) {
        const typed = places[isInShell() ? 1 : 0]
        if (typeof typed !== "function") {
          if ("heldBy" in typed) assert.isTrue(existsSync(join(root, typed.heldBy)), typed.heldBy)
          continue
        }
        const args = [...command.split(" "), ...typed(night), "--json"]
        const type = (typed: ReadonlyArray<string>) =>
          withEnvironment(ofTheBot.test(command) ? whose : {}).pipe(Effect.andThen(concierge(...typed)), Effect.scoped)
        if (args.includes("--yes")) {
          // For what is thrown away something must be there.
          if (command === "dlq drop") yield* (yield* Site).die("{}")
          const asked = yield* type(args.filter((arg) => arg !== "--yes"))
          assert.deepInclude(asked, { status: 2, stdout: "" }, command)
          assert.match(asked.stderr, /^.*no terminal to ask on: say --yes\n$/, command)
        }
        const { status, stderr, stdout } = yield* type(args)
        // 1: something is wrong with what was looked at, as it is tonight.
        assert.include(["0 ", "1 "], `${status} ${stderr}`, command)
        assert.doesNotThrow(() => JSON.parse(stdout), SyntaxError, `${command}: ${stdout}`)
        assert.match(stdout, /^[[{][\s\S]*[\]}]\n$/, command)
      }
    }).pipe(Effect.provide(Bot.layer({ botToken: token })), Effect.scoped),
  )
}
