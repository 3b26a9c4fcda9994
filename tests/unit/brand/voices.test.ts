import { Engine, VoiceId } from "@aws-sdk/client-polly"
import { problemOfVoice, spokenLanguages, voicesOf } from "@concierge/core/brand/pollyVoices.ts"
import { assert, describe, it } from "@effect/vitest"

const ofSdk = new Set<string>(Object.values(VoiceId))

describe("Polly's voices", () => {
  it.each(spokenLanguages)("are the SDK's, in %s", (language) => {
    const voices = voicesOf(language)
    assert.isAbove(voices.length, 0)
    for (const voice of voices) assert.isTrue(ofSdk.has(voice), voice)
  })

  it("are all that the SDK knows of", () => {
    const ours = new Set(spokenLanguages.flatMap(voicesOf))
    assert.deepStrictEqual(
      [...ofSdk].filter((voice) => !ours.has(voice)),
      [],
    )
  })

  it("speak each with an engine that the SDK has, and not with every one", () => {
    for (const language of spokenLanguages) {
      for (const id of voicesOf(language)) {
        const spoken = Object.values(Engine).filter(
          (engine) => problemOfVoice(language, { id, engine, local: "en" }) === undefined,
        )
        assert.isAbove(spoken.length, 0, id)
        assert.isBelow(spoken.length, 4, id)
      }
    }
  })
})
