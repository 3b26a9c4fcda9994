import { BufferSource, Input, MP4, QTFF } from "mediabunny"

/** What the headers of a video say. */
export interface VideoHeaders {
  /** Pixels, as it is shown. */
  readonly width: number
  readonly height: number
  /** Seconds. */
  readonly duration: number
  /** `MP4`, `QuickTime File Format`. */
  readonly container: string
  /** `avc`, `hevc` …; `aac`, `mp3` …; `unknown` ones too. */
  readonly codecs: { readonly video: string; readonly audio: string | undefined }
}

/** Rejects where it is no video that can be read. */
export const headersOf = async (bytes: Uint8Array): Promise<VideoHeaders> => {
  const input = new Input({ formats: [MP4, QTFF], source: new BufferSource(bytes) })
  try {
    const track = await input.getPrimaryVideoTrack()
    if (track === null) throw new Error("there is no picture in it")
    const sound = await input.getPrimaryAudioTrack()
    const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()]
    const { name } = await input.getFormat()
    return {
      width,
      height,
      duration: await input.computeDuration(),
      container: name,
      codecs: {
        video: (await track.getCodec()) ?? "unknown",
        audio: sound === null ? undefined : ((await sound.getCodec()) ?? "unknown"),
      },
    }
  } finally {
    input.dispose()
  }
}
