// When the compiler is fetched without being asked for: after the first paint, when the page is idle,
// and only if the reader does not save data.

type Connection = { saveData?: boolean; effectiveType?: string };

/** whenIdle calls load when the page has nothing else to do; it never does when data is to be saved. */
export function whenIdle(load: () => void): void {
  if (saving()) return;
  const later = () => ("requestIdleCallback" in window ? requestIdleCallback(load, { timeout: 4000 }) : setTimeout(load, 1200));
  if (document.readyState === "complete") later();
  else addEventListener("load", later, { once: true });
}

function saving(): boolean {
  const connection = (navigator as Navigator & { connection?: Connection }).connection;
  return connection?.saveData === true || /(^|-)2g$/.test(connection?.effectiveType ?? "");
}

/** whenNear calls act once, when the element comes near the visible part of the page. */
export function whenNear(element: Element, act: () => void): void {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    act();
  }, { rootMargin: "800px 0px" });
  observer.observe(element);
}
