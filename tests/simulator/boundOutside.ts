import { userIdOf } from "@concierge/core/ids.ts"
import { MediaError, NotFound } from "@concierge/core/services/Media.ts"
import { SpeechError } from "@concierge/core/services/Speech.ts"
import { TelegramError } from "@concierge/core/services/TelegramError.ts"
import { UpdateQueueError } from "@concierge/core/services/UpdateQueue.ts"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { Boundary } from "./boundary.ts"
import { down, updateOf } from "./boundStores.ts"
import type { Services } from "./Services.ts"
import { sendOf } from "./send.ts"
import { botUsername } from "./updates.ts"
import type { Container, World } from "./World.ts"

/** What is outside of the stores, behind a boundary of which every call is one crossing. */
export const boundOutside = (world: World, container: Container, at: Boundary): Services["outside"] => {
  const telegramDown = (method: string) => () => new TelegramError({ method, reason: down() })
  const mediaDown = () => new MediaError({ reason: down() })
  const send = sendOf(world, container)
  return {
    queue: {
      send: (update, delay = Duration.zero) => {
        const { updateId } = update.attributes
        return at({
          method: "UpdateQueue.send",
          who: String(updateId),
          whom: world.whose(updateId),
          effect: world.send(update, Duration.toMillis(delay)),
          failure: () => new UpdateQueueError({ reason: down() }),
        })
      },
    },
    telegram: {
      sendMessage: (message) => send("Telegram.sendMessage", message),
      sendVideo: (message, file) => send("Telegram.sendVideo", message, file),
      sendVoice: (message, file) => send("Telegram.sendVoice", message, file),
      sendChatAction: ({ chatId }) =>
        at({
          method: "Telegram.sendChatAction",
          who: String(chatId),
          whom: userIdOf(chatId),
          effect: Effect.void,
          failure: telegramDown("sendChatAction"),
        }),
      answerCallback: (queryId) =>
        at({
          method: "Telegram.answerCallback",
          who: queryId,
          whom: world.whose(updateOf(`7:${queryId.slice(1)}`)),
          effect: Effect.void,
          failure: telegramDown("answerCallbackQuery"),
        }),
      username: at({
        method: "Telegram.username",
        who: "me",
        whom: undefined,
        effect: Effect.succeed(botUsername),
        failure: telegramDown("getMe"),
      }),
    },
    media: {
      get: (key) =>
        at({
          method: "Media.get",
          who: key,
          whom: undefined,
          effect: key.startsWith("tts/") ? Effect.fail(new MediaError({ reason: new NotFound({ key }) })) : audio,
          failure: mediaDown,
        }),
      put: (key) => at({ method: "Media.put", who: key, whom: undefined, effect: Effect.void, failure: mediaDown }),
      signedUrl: (key) =>
        at({
          method: "Media.signedUrl",
          who: key,
          whom: undefined,
          effect: Effect.succeed("https://media/video"),
          failure: mediaDown,
        }),
    },
    speech: {
      voice: () => "Matthew",
      synthesize: () =>
        at({
          method: "Speech.synthesize",
          who: "voice",
          whom: undefined,
          effect: audio,
          failure: () => new SpeechError({ reason: down() }),
        }),
    },
  }
}

const audio = Effect.succeed(new Uint8Array([1]))
