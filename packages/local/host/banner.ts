import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as HttpServer from "effect/http/HttpServer"
import type { Settings } from "./settings.ts"

/** What somebody who has just started the host wants to know. */
export const banner = ({ data, secretPath }: Settings) =>
  Effect.flatMap(HttpServer.HttpServer, ({ address }) => {
    const origin = address._tag === "InetAddressV4" ? `http://127.0.0.1:${address.port}` : ""
    return Console.log(`
  Concierge is running on this machine.

    Chat with the bot    ${origin}
    Data                 ${data}
    Webhook secret       ${secretPath ?? "from TELEGRAM_WEBHOOK_SECRET"}

  Ctrl-C stops it; what it was asked to do is taken up again at the next start.
`)
  })
