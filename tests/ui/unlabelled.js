// Whatever takes the focus has to have a name that is read out; gives what has none.
() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary, [role=meter]")]
  .filter((one) => one.checkVisibility())
  .filter((one) => !(one.textContent.trim() || one.getAttribute("aria-label") || one.labels?.length))
  .map((one) => one.outerHTML.slice(0, 120))
