import type { AwsRefused } from "./Aws.ts"
import { type Verdict, wrong } from "./Check.ts"

const signIn = "aws sso login (and export AWS_PROFILE=…: docs/deploy.md, step 3)"

/** What stands in a look's way is wrong as well, and is mended before the look is taken again. */
export const ofRefusal = ({ code, says }: AwsRefused): Verdict => {
  if (code === "NoCommandLine") return wrong(says, "install the AWS CLI v2: docs/deploy.md, before step 1")
  if (/Unable to locate credentials|NoCredentials|Token .*expired|has expired|SSO session|config profile/i.test(says)) {
    return wrong(`not signed in to AWS: ${says}`, signIn)
  }
  if (/^(ExpiredToken|ExpiredTokenException|InvalidClientTokenId|UnrecognizedClientException)$/.test(code)) {
    return wrong(`AWS does not take these credentials: ${code}`, signIn)
  }
  if (/^(RequestTimeTooSkewed|SignatureDoesNotMatch|InvalidSignatureException|RequestExpired)$/.test(code)) {
    return wrong(
      `AWS takes no signature of this machine's: ${code}. Its clock may be wrong`,
      "sudo timedatectl set-ntp true",
    )
  }
  if (/AccessDenied|NotAuthorized|UnauthorizedOperation|AuthorizationError/.test(code)) {
    return wrong(`AWS lets you not look: ${says}`, "sign in as somebody who may, or have the viewer's policy attached")
  }
  return wrong(code === "" ? says : `${code}: ${says}`, "when AWS answers again, once more")
}
