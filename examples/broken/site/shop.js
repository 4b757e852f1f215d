// The cart, and what Nearside is told of it.
let packets = 0

for (const button of document.querySelectorAll('button[data-name]'))
  button.addEventListener('click', () => {
    packets++
    document.querySelector('#cart').textContent = `In your cart: ${packets}`
    window.nearside?.signal('add_to_cart', { category: button.dataset.name })
  })
