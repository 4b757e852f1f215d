/** Loaded by the browser with DevTools: puts the panel among its tabs, and does nothing else. */

import browser from 'webextension-polyfill'

// From the root: Firefox takes any other path as relative to the page that asks.
void browser.devtools.panels.create('Nearside', '/icons/icon-32.png', '/devtools/panel.html')
