// An application as a site would write it, for the server and for the browser.
import { createElement as h, type ReactElement, StrictMode, useState } from 'react'
import { Show, useConsent, useSegment, useSegments } from '../../sdk/react.ts'

const Known = (): ReactElement => {
  const consent = useConsent()
  const all = JSON.stringify(useSegments())
  return h('p', { id: 'known' }, `${useSegment('visit') ?? 'nobody'} ${all} ${consent ? 'decided' : 'undecided'}`)
}

const Counter = (): ReactElement => {
  const [count, setCount] = useState(0)
  return h('button', { type: 'button', onClick: () => setCount(count + 1) }, `clicked ${count}`)
}

const fallback = h('p', { id: 'fallback' }, 'Welcome.')

export const App = (): ReactElement =>
  h(
    StrictMode,
    null,
    h(Known),
    h(Show, { when: 'visit:r1', fallback }, h('p', { id: 'stranger' }, 'New here?')),
    h(Show, { when: 'visit:r2 visit:r3' }, h('p', { id: 'regular' }, 'Good to see you again.')),
    h(Counter),
  )
