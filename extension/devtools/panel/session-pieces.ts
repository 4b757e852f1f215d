/** A recorded session in pieces: as a whole, one of fifty thousand rows would hold up whoever is handed it. */

import type { AccessDocument } from '../../../core/access.ts'
import type { Happening, RecordedSession, State } from '../../../core/protocol/devtools.ts'

export type Piece =
  | { readonly piece: 'begin'; readonly session: Omit<RecordedSession, 'happenings' | 'states'> }
  | { readonly piece: 'rows'; readonly rows: readonly Happening[] }
  /** Without its signals and ledger entries, which follow. */
  | { readonly piece: 'state'; readonly state: State }
  | { readonly piece: 'signals'; readonly signals: AccessDocument['signals'] }
  | { readonly piece: 'entries'; readonly entries: AccessDocument['ledger'] }
  | { readonly piece: 'end' }
  /** It cannot be read, and why. */
  | { readonly piece: 'fault'; readonly message: string }

/** A piece is handed over within a millisecond or two. */
export const AT_ONCE = 2000

function* slices<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += AT_ONCE) yield all.slice(at, at + AT_ONCE)
}

export function* piecesOf({ happenings, states, ...session }: RecordedSession): Generator<Piece> {
  yield { piece: 'begin', session }
  for (const rows of slices(happenings)) yield { piece: 'rows', rows }
  for (const state of states) {
    yield { piece: 'state', state: { ...state, kept: state.kept && { ...state.kept, signals: [], ledger: [] } } }
    for (const signals of slices(state.kept?.signals ?? [])) yield { piece: 'signals', signals }
    for (const entries of slices(state.kept?.ledger ?? [])) yield { piece: 'entries', entries }
  }
  yield { piece: 'end' }
}

/** Puts pieces together again, in their order. @returns the session, once the last has come @throws where it cannot be read */
export const createJoin = () => {
  let session: Omit<RecordedSession, 'happenings' | 'states'> | undefined
  const happenings: Happening[] = []
  const states: State[] = []
  const signals: AccessDocument['signals'][number][][] = []
  const entries: AccessDocument['ledger'][number][][] = []
  const whole = (state: State, i: number): State => ({
    ...state,
    kept: state.kept && { ...state.kept, signals: signals[i] ?? [], ledger: entries[i] ?? [] },
  })
  return (it: Piece): RecordedSession | undefined => {
    switch (it.piece) {
      case 'begin':
        session = it.session
        return undefined
      case 'rows':
        happenings.push(...it.rows)
        return undefined
      case 'state':
        states.push(it.state)
        signals.push([])
        entries.push([])
        return undefined
      case 'signals':
        signals.at(-1)?.push(...it.signals)
        return undefined
      case 'entries':
        entries.at(-1)?.push(...it.entries)
        return undefined
      case 'end':
        return session && { ...session, happenings, states: states.map(whole) }
      case 'fault':
        throw new Error(it.message)
      default:
        return it satisfies never
    }
  }
}
