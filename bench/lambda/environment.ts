import { randomBytes } from "node:crypto"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { encryptLinks } from "@concierge/local/aws/encryptLinks.ts"

export const secret = "s3cr3t-token-0123456789"

/** As in Lambda: credentials of a role, SST's links in an encrypted file, and for the peers plain variables. */
export const environmentOf = (directory: string, origin: string, certFile: string): Record<string, string> => {
  const key = randomBytes(32)
  const file = join(directory, "resource.enc")
  const queueUrl = `${origin}/000000000000/updates`
  writeFileSync(
    file,
    encryptLinks(key, {
      UpdateQueue: { url: queueUrl },
      TapQueue: { url: `${origin}/000000000000/taps` },
      TelegramWebhookSecret: { value: secret },
      TelegramBotToken: { value: "4242:token" },
      TombstoneKey: { value: "key" },
      UsersTable: { name: "users" },
      EventsTable: { name: "events" },
      SessionsTable: { name: "sessions" },
      SettingsTable: { name: "settings" },
      MediaBucket: { name: "media" },
      GreetingsBucket: { name: "greetings" },
    }),
  )
  return {
    PATH: process.env.PATH ?? "",
    NODE_EXTRA_CA_CERTS: certFile,
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
    // As long as a role's is.
    AWS_SESSION_TOKEN: "t".repeat(900),
    AWS_LAMBDA_FUNCTION_NAME: "bench",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    ...Object.fromEntries(["SQS", "DYNAMODB", "S3", "POLLY"].map((name) => [`AWS_ENDPOINT_URL_${name}`, origin])),
    SST_KEY: key.toString("base64"),
    SST_KEY_FILE: file,
    STAGE: "bench",
    TELEGRAM_API: origin,
    QUEUE_URL: queueUrl,
    WEBHOOK_SECRET: secret,
    BOT_TOKEN: "4242:token",
    USERS_TABLE: "users",
    EVENTS_TABLE: "events",
    SESSIONS_TABLE: "sessions",
    SETTINGS_TABLE: "settings",
    MEDIA_BUCKET: "media",
    GREETINGS_BUCKET: "greetings",
  }
}
