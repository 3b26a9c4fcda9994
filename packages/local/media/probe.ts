import { VideoShape } from "@concierge/core/services/VideoShape.ts"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/** The file is no video that can be read: Telegram would not show it either. */
export class NoVideo extends Schema.TaggedError<NoVideo>()("NoVideo", { cause: Schema.Defect() }) {}

export interface Probed {
  readonly shape: VideoShape
  /** `MP4`, `QuickTime File Format`. */
  readonly container: string
  /** `avc`, `hevc` …; `aac`, `mp3` …; `unknown` ones too. */
  readonly codecs: { readonly video: string; readonly audio: string | undefined }
}

/** What a video is, by its own headers. The library is loaded with the first one. */
export const probe = (bytes: Uint8Array): Effect.Effect<Probed, NoVideo> =>
  Effect.tryPromise({
    try: async () => {
      const { BufferSource, Input, MP4, QTFF } = await import("mediabunny")
      const input = new Input({ formats: [MP4, QTFF], source: new BufferSource(bytes) })
      try {
        const track = await input.getPrimaryVideoTrack()
        if (track === null) throw new Error("there is no picture in it")
        const sound = await input.getPrimaryAudioTrack()
        const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()]
        const { name } = await input.getFormat()
        return {
          shape: VideoShape.make({ width, height, duration: Math.max(1, Math.round(await input.computeDuration())) }),
          container: name,
          codecs: {
            video: (await track.getCodec()) ?? "unknown",
            audio: sound === null ? undefined : ((await sound.getCodec()) ?? "unknown"),
          },
        }
      } finally {
        input.dispose()
      }
    },
    catch: (cause) => new NoVideo({ cause }),
  })
