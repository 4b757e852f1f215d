/** The panel's entry inside DevTools: wires the inspected tab to the views. */

import browser from 'webextension-polyfill'
import { createExtensionCarrier } from './carrier-extension.ts'
import { followTheme } from './follow-theme.ts'
import { openPanel } from './panel/panel.ts'

const { inspectedWindow, panels } = browser.devtools

followTheme(panels)

openPanel(document.body, createExtensionCarrier(inspectedWindow.tabId), {
  get: name => localStorage.getItem(name),
  set: (name, value) => localStorage.setItem(name, value),
})
