/** The panel as a plain page: over a recorded session, or over the shop in a window beside it. */

import { createDirectCarrier } from '../../extension/devtools/carrier-direct.ts'
import { createFixtureCarrier } from '../../extension/devtools/carrier-fixture.ts'
import { type Memory, openPanel } from '../../extension/devtools/panel/panel.ts'
import { readSession } from '../../extension/devtools/panel/read-session.ts'

const root = document.querySelector('#panel') as HTMLElement
const choice = document.querySelector('#choice p') as HTMLElement
const memory: Memory = {
  get: name => sessionStorage.getItem(name),
  set: (name, value) => sessionStorage.setItem(name, value),
}

const open = async (): Promise<() => void> => {
  const answer = await fetch(new URL('./session.json', import.meta.url))
  const session = await readSession(await answer.blob(), 'session.json')
  return openPanel(root, createFixtureCarrier(session), memory)
}

let opened = open()

document.querySelector('#beside')?.addEventListener('click', () => {
  const beside = window.open('/', 'nearside-shop', 'popup,width=900,height=800')
  if (!beside) {
    choice.textContent = 'The browser did not let a window be opened. Allow it, and press again.'
    return
  }
  choice.textContent =
    'Over the shop in the window beside. Only DevTools see the network: reports are not matched here.'
  opened = opened.then(close => {
    close()
    return openPanel(root, createDirectCarrier(beside), memory)
  })
})
