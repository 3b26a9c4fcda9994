import * as CliOutput from "effect/cli/CliOutput"
import * as Effect from "effect/Effect"
import { isColoured } from "./print/colour.ts"
import { fold } from "./print/fold.ts"
import { err, out } from "./print/write.ts"

/** Help and version on stdout; whatever is wrong with the arguments in one line on stderr. */
export const presenterLayer = CliOutput.layerPresenter({
  present: (event) => {
    const formatter = CliOutput.defaultFormatter({ colors: isColoured })
    switch (event._tag) {
      case "Help":
        return out(fold(spaced(formatter.formatHelpDoc(event.helpDoc))))
      case "Version":
        return out(formatter.formatVersion(event.name, event.version))
      case "InvalidInvocation": {
        const [first] = event.errors
        const command = event.commandPath.join(" ")
        const line = (first?.message ?? "these arguments are not understood").replaceAll(/\s*\n\s*/g, " ")
        return Effect.asVoid(err(`${line}. See: ${command} --help`))
      }
    }
  },
})

/** The library leaves no blank line between subcommands and examples. */
const spaced = (help: string): string => help.replace(/([^\n])\n([^\n ]*EXAMPLES)/, "$1\n\n$2")
