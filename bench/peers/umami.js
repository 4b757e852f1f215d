// The tracker's own source, out of the package `umami`; it reads its settings from the script's attributes.
import './node_modules/.umami/package/src/tracker/index.js'

window.bench.fire = value => window.umami.track('add_to_cart', { value, currency: 'EUR', quantity: 1 })
