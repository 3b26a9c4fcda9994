import { GetObjectCommand, type GetObjectCommandInput, PutObjectCommand, S3Client } from "@aws-sdk/client-s3"
import { getSignedUrl } from "@aws-sdk/s3-request-presigner"
import { quiet } from "../sdk/quiet.ts"

/** S3's client with what is called of it, in a module of its own that is loaded late. */
export const open = () => {
  const client = quiet(new S3Client({ maxAttempts: 1 }))
  return {
    client,
    GetObjectCommand,
    PutObjectCommand,
    sign: (object: GetObjectCommandInput, expiresIn: number): Promise<string> =>
      getSignedUrl(client, new GetObjectCommand(object), { expiresIn }),
  }
}
