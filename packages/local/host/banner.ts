import * as Console from "effect/Console"
import type { HostSettings } from "./settings.ts"

/** What somebody who has just started the host wants to know. */
export const banner = ({ brand, data, port, real, secretPath, telegramApi = "Telegram" }: HostSettings) =>
  Console.log(`
  ${brand.name} is running on this machine.

    Chat with the bot    http://127.0.0.1:${port}
${real === undefined ? "" : `    The real bot         http://127.0.0.1:${port}/real.html, polling ${telegramApi}\n`}    Data                 ${data}
    Webhook secret       ${secretPath ?? "from TELEGRAM_WEBHOOK_SECRET"}

  Ctrl-C stops it; what it was asked to do is taken up again at the next start.
`)
