/** The stream: every signal, refusal, call, decision and request, as it happens. */

import type { Happening } from '../../../core/protocol/devtools.ts'
import { type ElementNode, h } from '../../../view/element.ts'
import { counted, number } from '../../../view/format.ts'
import { toDom } from '../../../view/to-dom.ts'
import { causesOf } from './causes.ts'
import { copyText } from './copy-text.ts'
import { FILTER_KEYS, parseFilter } from './filter.ts'
import { gathered } from './gathered.ts'
import { onPress, type Press, press } from './press.ts'
import { listed } from './recording.ts'
import { redraw } from './redraw.ts'
import { rowDetail } from './row-detail.ts'
import { wordsOf } from './row-words.ts'
import { createSift } from './sift.ts'
import { type Desk, place, type View } from './view.ts'
import { createVirtualList } from './virtual-list.ts'

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

const drawRow = (
  row: Happening,
  { index, of, chosen }: { readonly index: number; readonly of: number; readonly chosen: boolean },
): ElementNode => {
  const { what, name, rest, tone } = wordsOf(row)
  return h(
    'div',
    {
      class: `dt-row dt-tone-${tone}`,
      role: 'option',
      id: `row-${row.n}`,
      'data-index': index,
      'data-what': row.what,
      'aria-selected': String(chosen),
      'aria-posinset': index + 1,
      'aria-setsize': of,
    },
    h('span', { class: 'dt-time' }, clock.format(row.at)),
    h('span', { class: 'dt-what' }, what),
    h('span', { class: 'dt-line' }, h('b', {}, h('bdi', {}, name)), ' ', h('bdi', {}, rest)),
  )
}

/** @param reloads whether there is a page that could be loaded anew, to be heard from its start */
const tools = (reloads: boolean): ElementNode =>
  h(
    'div',
    { class: 'dt-tools', role: 'toolbar', 'aria-label': 'Stream' },
    h(
      'label',
      { class: 'dt-filter' },
      h('span', { class: 'ns-unseen' }, 'Filter'),
      h('input', {
        id: 'filter',
        'aria-describedby': 'told',
        type: 'text',
        spellcheck: 'false',
        autocomplete: 'off',
        placeholder: 'kind:view_item refused:true segmentation:cart',
        title: `Keys: ${FILTER_KEYS.join(', ')}. A - before a term turns it round; a comma stands between alternatives.`,
      }),
    ),
    press('pause', 'Pause', { id: 'pause', 'aria-pressed': 'false' }),
    press('clear', 'Clear'),
    press('copy', 'Copy as JSON'),
    reloads && press('reload', 'Reload the page'),
    h(
      'label',
      { class: 'dt-check' },
      h('input', { type: 'checkbox', id: 'preserve', checked: true }),
      h('span', {}, 'Preserve'),
    ),
  )

export interface Stream extends View {
  /** Shows a row, though the filter has to go for it. */
  jump(n: number): void
}

/** @param kept the filter of the last time, and what keeps it */
export const createStream = (
  desk: Pick<Desk, 'log' | 'carrier' | 'files' | 'changed' | 'say'>,
  kept: { readonly filter: string; keep(filter: string): void },
): Stream => {
  const { log, files } = desk
  const element = place('dt-stream')
  const told = place('dt-told')
  const detail = place('dt-detail')
  told.id = 'told'
  const bar = toDom<Element>(document, tools(desk.carrier.reload !== undefined))
  const input = bar.querySelector('#filter') as HTMLInputElement
  const pause = bar.querySelector('#pause') as HTMLButtonElement
  const preserve = bar.querySelector('#preserve') as HTMLInputElement
  input.value = kept.filter

  const causesAt = (n: number): readonly Happening[] => {
    const row = log.find(n)
    return row ? causesOf(row, { rows: log.rows(), model: files().model, changed: log.changed }) : []
  }
  /** A row's causes are asked for once a row: the set is made once. */
  const remembered = new Map<number, ReadonlySet<number>>()
  const causes = (n: number): ReadonlySet<number> => {
    const set = remembered.get(n) ?? new Set(causesAt(n).map(row => row.n))
    remembered.set(n, set)
    return set
  }
  const sifted = (until?: number) => {
    remembered.clear()
    model = files().model
    filter = parseFilter(input.value, { model, changed: log.changed, causes })
    return createSift(log, filter, until)
  }
  let until: number | undefined
  let model = files().model
  let filter = parseFilter('', { changed: log.changed, causes })
  let sift = sifted()

  const showDetail = (row: Happening | undefined): void => {
    element.classList.toggle('dt-with-detail', row !== undefined)
    if (!row) {
      detail.replaceChildren()
      return
    }
    const known = log.rows().filter(each => each.what === 'segments' && each.n < row.n)
    const before = known.at(-1)
    redraw(
      detail,
      rowDetail(row, {
        state: log.state(),
        files: files(),
        changed: log.changed(row),
        causes: causesAt(row.n),
        before: before?.what === 'segments' ? before.segments : {},
      }),
    )
  }

  const list = createVirtualList<Happening>(
    'Stream',
    drawRow,
    row => `row-${row.n}`,
    (row, by) => {
      showDetail(row)
      if (by === 'open') detail.querySelector<HTMLElement>('h2')?.focus()
    },
  )

  const again = (): void => {
    sift = sifted(until)
    desk.changed()
  }

  const narrow = (text: string): void => {
    input.value = text
    kept.keep(text)
    again()
  }

  const jump = (n: number): void => {
    const row = log.find(n)
    if (!row) return
    if (!filter.matches(row)) narrow('')
    while (sift.step());
    list.show(sift.found)
    list.choose(row)
    showDetail(row)
    list.element.focus()
  }

  const copy = async (): Promise<void> => {
    const chosen = list.chosen()
    const rows = chosen ? [chosen] : [...sift.found]
    const lines = await gathered(listed(rows))
    const done = await copyText(`[${lines.join('')}\n]`)
    desk.say(done ? `Copied ${counted(rows.length, 'row')} as JSON.` : 'The browser did not let it be copied.')
  }

  const acts: { readonly [P in Press]?: (button: HTMLElement) => void } = {
    pause: () => {
      until = until === undefined ? (log.rows().at(-1)?.n ?? 0) : undefined
      pause.setAttribute('aria-pressed', String(until !== undefined))
      pause.textContent = until === undefined ? 'Pause' : 'Go on'
      again()
    },
    clear: () => {
      list.choose(undefined)
      showDetail(undefined)
      log.clear()
    },
    copy: () => void copy(),
    reload: () => desk.carrier.reload?.(),
    jump: button => jump(Number(button.dataset.n)),
    because: button => narrow(`because:${button.dataset.n}`),
  }

  input.addEventListener('input', () => narrow(input.value))
  preserve.addEventListener('change', () => log.preserve(preserve.checked))
  onPress(element, (does, button) => acts[does]?.(button))
  element.append(bar, told, list.element, detail)

  const sum = (): string =>
    [
      sift.found.length === log.rows().length
        ? counted(sift.found.length, 'row')
        : `${number(sift.found.length)} of ${counted(log.rows().length, 'row')}`,
      until === undefined ? '' : 'paused: what comes is gathered, and shown when you go on',
      ...filter.faults,
    ]
      .filter(Boolean)
      .join('. ')

  return {
    id: 'stream',
    title: 'Stream',
    element,
    jump,
    refresh: () => {
      if (model !== files().model) sift = sifted(until)
      const more = sift.step()
      list.show(sift.found)
      const line = log.rows().length ? sum() : 'Nothing yet. What the page notes appears here as it happens.'
      if (told.textContent !== line) told.textContent = line
      told.classList.toggle('dt-faulty', filter.faults.length > 0)
      input.setAttribute('aria-invalid', String(filter.faults.length > 0))
      return more
    },
  }
}
