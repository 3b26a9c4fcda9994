import * as Effect from "effect/Effect"
import { Host } from "../support/Host.ts"

/** What the page is told of a chat, from its beginning to the end of this update. */
export const journalOf = Effect.fnUntraced(function* (chatId: number, updateId: number) {
  const { url } = yield* Host
  const end = new RegExp(`"updateId":${updateId},[^}]*"what":"processUpdate"`)
  return yield* Effect.promise(async () => {
    const { body } = await fetch(`${url}/sandbox/journal/${chatId}`)
    let text = ""
    for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part
      if (end.test(text)) break
    }
    return text
  })
})
