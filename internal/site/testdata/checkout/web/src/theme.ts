// Applies the kept choice of colours before the first paint; a classic script of its own, so that nothing flashes.

try {
  const choice = localStorage.getItem("ormlab:theme");
  if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
} catch {
  // Without storage the system's choice stands.
}
