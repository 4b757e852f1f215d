import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Ask, Said } from '../../extension/devtools/ports.ts'
import { createSwitchboard, type End } from '../../extension/devtools/switchboard.ts'

const LONGER_THAN_GRACE_MS = 5000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const endOf = <T>(): End<T> & { readonly got: T[] } => {
  const got: T[] = []
  return { got, send: message => void got.push(message) }
}

const open = () => {
  const watched: (readonly number[])[] = []
  const marked: number[] = []
  const watch = async (tabs: readonly number[]): Promise<void> => void watched.push(tabs)
  const board = createSwitchboard({ watch, mark: tab => void marked.push(tab) })
  const panel = (tab: number) => {
    const end = endOf<Said>()
    board.openPanel(end, tab)
    return end
  }
  const page = (tab: number) => {
    const end = endOf<Ask>()
    board.openPage(end, tab)
    return end
  }
  return { board, watched, marked, panel, page }
}

const told = (doc: number, i: number): Said => ({
  say: 'told',
  doc,
  i,
  told: { at: 1, deed: { what: 'ready' } },
})

it('passes on what a page tells to every panel over its tab, and to no other', () => {
  const { board, panel, page } = open()
  const [one, same, other] = [panel(1), panel(1), panel(2)]
  board.tell(page(1), told(7, 1))
  expect([one.got, same.got, other.got]).toEqual([[told(7, 1)], [told(7, 1)], []])
})

it('asks only the page that the panel is over', () => {
  const { board, panel, page } = open()
  const [one, first, second] = [panel(1), page(1), page(2)]
  board.ask(one, { ask: 'look' })
  expect([first.got, second.got]).toEqual([[{ ask: 'look' }], []])
})

it('lets no panel stop a page that another one looks at', () => {
  const { board, panel, page } = open()
  const [one, , first] = [panel(1), panel(1), page(1)]
  board.ask(one, { ask: 'stop' })
  board.closePanel(one)
  vi.advanceTimersByTime(LONGER_THAN_GRACE_MS)
  expect(first.got).toEqual([])
})

it('stops a page and watches none, a moment after its last panel is closed', () => {
  const { board, panel, page, watched } = open()
  const [one, first] = [panel(1), page(1)]
  board.closePanel(one)
  expect(first.got).toEqual([])
  vi.advanceTimersByTime(LONGER_THAN_GRACE_MS)
  expect(first.got).toEqual([{ ask: 'stop' }])
  expect(watched.at(-1)).toEqual([])
})

it('waits for a panel that comes back after the background was ended', () => {
  const { panel, page } = open()
  const first = page(1)
  panel(1)
  vi.advanceTimersByTime(LONGER_THAN_GRACE_MS)
  expect(first.got).toEqual([{ ask: 'hello' }])
})

it('marks the tab of a page where Nearside was found', () => {
  const { board, page, panel, marked } = open()
  panel(3)
  board.tell(page(3), told(7, 1))
  expect(marked).toEqual([3])
})
