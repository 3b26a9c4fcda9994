import { execFile } from "node:child_process"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"

/** AWS, or its command line, said no. `code` is the service's own name for it; empty: nothing was asked. */
export class AwsRefused extends Schema.TaggedError<AwsRefused>()("AwsRefused", {
  code: Schema.String,
  says: Schema.String,
}) {}

/**
 * What an operator asks of AWS, through its own command line, which a deploy needs in any case: it knows every way of
 * signing in, and seven clients of the SDK's need not be kept for calls that are made a few times a day.
 */
export class Aws extends Context.Service<
  Aws,
  {
    /** The answer's JSON; undefined where there is none. */
    ask(args: ReadonlyArray<string>): Effect.Effect<unknown, AwsRefused>
  }
>()("@concierge/cli/checks/Aws") {}

/** A second or two each, most of it the command line's own start. */
const timeoutMs = 30_000
const maxBuffer = 16 * 1024 * 1024

/** In this region, unless the call names another. */
export const layer = (region: string): Layer.Layer<Aws> =>
  Layer.succeed(Aws, {
    ask: (args) =>
      Effect.callback<unknown, AwsRefused>((resume, signal) => {
        const all = [...args, ...(args.includes("--region") ? [] : ["--region", region]), "--output", "json"]
        const env = { ...process.env, AWS_PAGER: "", AWS_MAX_ATTEMPTS: "3" }
        execFile("aws", all, { env, signal, timeout: timeoutMs, maxBuffer }, (error, stdout, stderr) =>
          resume(error === null ? answerOf(stdout) : Effect.fail(refusalOf(error, stderr))),
        )
      }),
  })

const answerOf = (stdout: string): Effect.Effect<unknown, AwsRefused> =>
  Effect.try({
    try: () => (stdout.trim() === "" ? undefined : JSON.parse(stdout)),
    catch: () => new AwsRefused({ code: "", says: "the aws command line answered no JSON" }),
  })

const refusalOf = (error: { readonly code?: unknown; readonly killed?: boolean | undefined }, stderr: string) => {
  if (error.code === "ENOENT") return new AwsRefused({ code: "", says: "there is no aws command line" })
  if (error.killed === true) return new AwsRefused({ code: "", says: `no answer within ${timeoutMs / 1000} s` })
  return refusalIn(stderr)
}

/** Of the command line's words: "An error occurred (AccessDenied) when calling the ListZones operation: …". */
export const refusalIn = (stderr: string): AwsRefused => {
  const text = stderr.trim().replaceAll(/\s+/g, " ")
  const [, code = "", says = text] =
    /An error occurred \((\w+)\) when calling the \w+ operation[^:]*: (.*)/.exec(text) ?? []
  return new AwsRefused({ code, says })
}
