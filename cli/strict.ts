/** `--strict`: a warning of the data check is an error. */

import { fault } from '../core/parse.ts'
import type { DataCheck } from '../trainer/data-check.ts'

const TOLD = 5

/** @throws ParseError where the check has a warning */
export const refuseWarnings = ({ findings }: DataCheck, place: string): void => {
  const warnings = findings.filter(({ level }) => level === 'warning')
  if (!warnings.length) return
  const told = warnings.slice(0, TOLD).map(({ rows, what }) => (rows ? `${rows} ${what}` : what))
  const more = warnings.length > TOLD ? [`${warnings.length - TOLD} more`] : []
  fault(place, `warnings under --strict: ${[...told, ...more].join('; ')}`, 'Mend the data, or leave --strict out')
}
