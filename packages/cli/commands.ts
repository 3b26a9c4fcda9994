import * as Command from "effect/cli/Command"
import type * as Unify from "effect/Unify"

type AnyCommand = Command.Command<string, never, unknown, unknown, Command.Environment>

/** Of whatever name: a command's type says that its name is one only. */
type Loaded = Pick<AnyCommand, Exclude<keyof AnyCommand, typeof Unify.unifySymbol>>

interface Entry {
  readonly says: string
  readonly load: () => Promise<Loaded>
}

/** One module a command, which is loaded when its command is named: no other command's start pays for it. */
const command = (says: string, load: () => Promise<Loaded>): Entry => ({ says, load })

/** All that the operator can say, in the order of the help. */
const entries: Readonly<Record<string, Entry>> = {
  preflight: command(
    "Before a start or a deploy: what would stand in its way, and what mends it",
    async () => (await import("./commands/preflight.ts")).preflight,
  ),
  doctor: command(
    "How it stands: each part OK, or what is wrong and what mends it",
    async () => (await import("./commands/doctor.ts")).doctor,
  ),
  smoke: command(
    "Brings a test person through the bot, checks each effect, and cleans up",
    async () => (await import("./commands/smoke/smoke.ts")).smoke,
  ),
  webhook: command(
    "Where Telegram delivers: set, info, delete",
    async () => (await import("./commands/webhook/webhook.ts")).webhook,
  ),
  commands: command(
    "The bot's commands, as Telegram lists them: set",
    async () => (await import("./commands/introduce.ts")).commands,
  ),
  profile: command(
    "The bot's name and descriptions, as Telegram shows them: set",
    async () => (await import("./commands/introduce.ts")).profile,
  ),
  funnel: command(
    "How many started, and how far they came",
    async () => (await import("./commands/funnel/funnel.ts")).funnel,
  ),
  link: command(
    "Stored links: what a placement's short code stands for",
    async () => (await import("./commands/link/link.ts")).link,
  ),
  media: command(
    "The brand's videos: check them, upload them, list what is stored",
    async () => (await import("./commands/media/media.ts")).media,
  ),
  dlq: command(
    "Dead letters: updates that failed three times",
    async () => (await import("./commands/dlq/dlq.ts")).dlq,
  ),
  parked: command(
    "Parked updates: of a kind that is used, in a form that was not understood",
    async () => (await import("./commands/parked/parked.ts")).parked,
  ),
  update: command(
    "One update of Telegram's, from its arrival to its outcome",
    async () => (await import("./commands/update/update.ts")).update,
  ),
  user: command(
    "One person: what is stored of them, and deleting it",
    async () => (await import("./commands/user/user.ts")).user,
  ),
  backup: command(
    "All of this machine's data in one file, while the host runs",
    async () => (await import("./commands/backup.ts")).backup,
  ),
  restore: command(
    "This machine's data as a backup has it",
    async () => (await import("./commands/restore.ts")).restore,
  ),
  recount: command(
    "Count the whole funnel again from the events, and compare",
    async () => (await import("./commands/recount.ts")).recount,
  ),
  secrets: command(
    "Replace the webhook's secret, or the bot's token",
    async () => (await import("./commands/secrets/secrets.ts")).secrets,
  ),
  trace: command(
    "One update's whole path, from what is stored of it and the log",
    async () => (await import("./commands/trace.ts")).trace,
  ),
}

/** Each command's name. */
export const names: ReadonlyArray<string> = Object.keys(entries)

/** The commands; of those that are not `wanted` only what the help says of them. */
export const commands = (wanted: (name: string) => boolean): Promise<ReadonlyArray<Loaded>> =>
  Promise.all(
    Object.entries(entries).map(
      async ([name, { load, says }]): Promise<Loaded> =>
        wanted(name) ? await load() : Command.make(name).pipe(Command.withDescription(says)),
    ),
  )
