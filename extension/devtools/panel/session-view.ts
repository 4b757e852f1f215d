/** Sessions as files: what is here is saved, one from elsewhere is opened, and a fault is told. */

import type { RecordedSession } from '../../../core/protocol/devtools.ts'
import { type ElementNode, h } from '../../../view/element.ts'
import { bugReport } from './bug-report.ts'
import { copyText } from './copy-text.ts'
import { gathered } from './gathered.ts'
import { onPress, type Press, press } from './press.ts'
import { readSession } from './read-session.ts'
import { contentsOf, fileName, linesOf, record } from './recording.ts'
import { redraw } from './redraw.ts'
import { section } from './sections.ts'
import { type Desk, place, type View } from './view.ts'

const list = (lines: readonly string[]): ElementNode =>
  h(
    'ul',
    { class: 'dt-holds' },
    lines.map(line => h('li', {}, line)),
  )

const offer = (name: string, parts: readonly string[], type: string): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([...parts], { type }))
  link.download = name
  link.click()
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

const drawn = (
  contents: readonly string[],
  opened: RecordedSession | undefined,
  fault: string | undefined,
): ElementNode =>
  h(
    'div',
    { class: 'dt-columns' },
    opened &&
      section(
        'A recorded session is open',
        h(
          'p',
          {},
          `Recorded ${new Date(opened.made).toISOString().slice(0, 16).replace('T', ' ')} UTC. Every view shows it, and nothing of the page.`,
        ),
        list(opened.holds),
        h('div', {}, press('close', 'Back to the page')),
      ),
    section(
      'Save this session',
      h('p', {}, 'A file that another panel can open. It would hold:'),
      list(contents),
      h('div', {}, press('save', 'Save as a file')),
    ),
    section(
      'Open a session',
      h('p', {}, 'What if can then play it through another model.'),
      h('input', {
        type: 'file',
        id: 'open-session',
        accept: '.json,application/json',
        'aria-label': 'A recorded session',
      }),
      fault !== undefined && h('p', { class: 'dt-fault', role: 'alert' }, fault),
    ),
    section(
      'Tell of a fault',
      h(
        'p',
        {},
        'A text with what stands, what is wrong and the last rows, without anything that would tell who the visitor is. Read it before you send it.',
      ),
      h('div', { class: 'dt-buttons' }, press('report', 'Copy the report'), press('save-report', 'Save the report')),
    ),
  )

export const createSessionView = (desk: Desk): View => {
  const { log, files, say } = desk
  const element = place('dt-session')
  let known: readonly unknown[] = []
  let fault: string | undefined

  const session = (): RecordedSession => record(log.rows(), log.states(), Date.now())
  const site = (): string => files().config?.site ?? 'site'
  const report = (): string => bugReport(session(), files(), navigator.userAgent)

  const save = async (): Promise<void> => {
    const made = Date.now()
    const lines = linesOf([...log.rows()], log.states(), made)
    offer(fileName(site(), made), await gathered(lines), 'application/json')
  }

  const open = async (file: File): Promise<void> => {
    try {
      const opened = await readSession(file, file.name)
      fault = undefined
      desk.open(opened)
      say(`${file.name} is open.`)
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error)
      known = []
      desk.changed()
    }
  }

  const acts: { readonly [P in Press]?: () => void } = {
    save: () => void save(),
    report: () =>
      void copyText(report()).then(done =>
        say(done ? 'The report is copied.' : 'The browser did not let it be copied: save it.'),
      ),
    'save-report': () => offer(fileName(site(), Date.now(), 'report', 'md'), [report()], 'text/markdown'),
    close: () => desk.open(undefined),
  }
  onPress(element, does => acts[does]?.())
  element.addEventListener('change', ({ target }) => {
    const file = (target as HTMLInputElement).files?.[0]
    if (file) void open(file)
  })

  return {
    id: 'session',
    title: 'Session',
    element,
    refresh: () => {
      const now = [log.state(), log.generation(), desk.opened(), fault]
      if (known.length && known.every((it, i) => it === now[i])) return false
      known = now
      redraw(element, drawn(contentsOf(log.rows(), log.states()), desk.opened(), fault))
      return false
    },
  }
}
