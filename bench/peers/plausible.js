// As the README of @plausible-analytics/tracker says. Without the option it ignores every page of this machine.
import { init, track } from '@plausible-analytics/tracker'

init({ domain: 'fernhollow.example', endpoint: `${window.bench.sink}/api/event`, captureOnLocalhost: true })

window.bench.fire = value => track('add_to_cart', { props: { value: String(value), currency: 'EUR', quantity: '1' } })
