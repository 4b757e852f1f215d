/** The panel as a plain page, over a recorded session beside it: `?session=…` names another file. */

import type { RecordedSession } from '../../core/protocol/devtools.ts'
import { createFixtureCarrier } from '../../extension/devtools/carrier-fixture.ts'
import { openPanel } from '../../extension/devtools/panel/panel.ts'

const address = new URLSearchParams(location.search).get('session') ?? './session.json'
const session = (await (await fetch(address)).json()) as RecordedSession
openPanel(document.body, createFixtureCarrier(session), {
  get: name => sessionStorage.getItem(name),
  set: (name, value) => sessionStorage.setItem(name, value),
})
