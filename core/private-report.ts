/** A report that says its segment by chance only: noised on the device, once a segmentation and epoch, under a token of its own. */

import { base64url } from './encoding.ts'
import type { Epoch } from './epoch.ts'
import { parseEpsilon } from './epsilon.ts'
import { object, type Parser, parseJson, text } from './parse.ts'
import type { Cipher } from './ports.ts'
import { PSEUDONYM } from './pseudonym.ts'
import { first, last, parseReport, type Report } from './report.ts'

/** 16 bytes, base64url. Counted once; joins nothing, as no other report has it. */
export type Token = string & { readonly __brand: 'Token' }
const TOKEN_BYTES = 16

export interface PrivateReport extends Omit<Report, 'pseudonym' | 'seq'> {
  readonly epsilon: number
  readonly token: Token
}

const report = object({
  ...first,
  epsilon: parseEpsilon,
  token: text(22, PSEUDONYM, 'a token') as Parser<Token>,
  ...last,
})

/** Reads a private report from a request's body. @throws ParseError */
export const parsePrivateReport = (body: string, place = 'report'): PrivateReport =>
  report(parseJson(body, place), place)

/** Reads either kind. @throws ParseError */
export const parseAnyReport = (body: string, place = 'report'): Report | PrivateReport =>
  body.includes('"token"') ? parsePrivateReport(body, place) : parseReport(body, place)

/** The exact bytes. All of a site and segmentation are equally long by themselves. */
export const printPrivateReport = (it: PrivateReport): string => JSON.stringify(it)

/** Under the device's own key, so that a report made anew after a crash is counted once. */
export const deriveToken = async (
  cipher: Pick<Cipher, 'mac'>,
  site: string,
  segmentation: string,
  epoch: Epoch,
): Promise<Token> => {
  const mac = await cipher.mac(['token', site, segmentation, epoch].join('|'))
  return base64url(mac.subarray(0, TOKEN_BYTES)) as Token
}
