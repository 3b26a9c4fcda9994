import { StageError } from "./options.ts"
import { isBotToken, isFormerSecret, isWebhookSecret } from "./shapes.ts"
import type { Stage } from "./stage.ts"

export type Secrets = ReturnType<typeof secrets>

/** The values only the operator has. They are checked here because a wrong one shows itself first as a silent bot. */
export const secrets = (stage: Stage) => ({
  botToken: secret(stage, "TelegramBotToken", isBotToken, "the token that @BotFather gave"),
  webhookSecret: secret(stage, "TelegramWebhookSecret", isWebhookSecret, "1 to 256 of A-Z, a-z, 0-9, _ and -"),
  // There only while Telegram is told of another one (npx concierge secrets rotate).
  formerWebhookSecret: isSet("FormerWebhookSecret")
    ? secret(stage, "FormerWebhookSecret", isFormerSecret, "<secret>@<moment>, as secrets rotate sets it")
    : undefined,
})

const isSet = (name: string) => process.env[`SST_SECRET_${name}`] !== undefined

export const secret = (stage: Stage, name: string, is: (value: string) => boolean, expected: string) => {
  // The CLI hands secrets over in the environment; SST's own message would leave out the stage. A file that a secret was
  // read from ends with a newline, which `sst secret set` keeps.
  const variable = `SST_SECRET_${name}`
  const value = process.env[variable]?.trim()
  const remedy = `npx sst secret set ${name} <value> --stage ${stage.name}`
  if (value === undefined) throw new StageError(`Secret ${name} is not set: run "${remedy}"`)
  if (!is(value)) throw new StageError(`Secret ${name} does not look right (${expected}): run "${remedy}"`)
  process.env[variable] = value
  return new sst.Secret(name)
}
