import { PollyClient, SynthesizeSpeechCommand } from "@aws-sdk/client-polly"
import { quiet } from "../sdk/quiet.ts"

/** Polly's client with what is called of it, in a module of its own that is loaded late. */
export const open = () => ({
  // A connection a request: HTTP/2 would go on asking over one that died while the container was frozen.
  client: quiet(new PollyClient({ maxAttempts: 1, requestHandler: { disableConcurrentStreams: true } })),
  SynthesizeSpeechCommand,
})
