// Applies the kept choice of colours before the first paint; a classic script of its own, so that nothing flashes.
// A page in a frame is told the colours of the page around it.

const asked = new URLSearchParams(location.search).get("theme");
try {
  const choice = asked ?? localStorage.getItem("ormlab:theme");
  if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
} catch {
  // Without storage the system's choice stands.
}
