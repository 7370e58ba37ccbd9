// The page's side of the service worker: it registers it, says when the tools may be kept, and asks before
// a new version takes over.

import { meta } from "../dom.ts";
import { pageNotices } from "../notice.ts";
import type { ToPage, ToWorker } from "./config.ts";

const tell = (worker: ServiceWorker | null | undefined, message: ToWorker) => worker?.postMessage(message);

/** stayOffline makes the page work without a network from now on. Browsers without service workers go without. */
export async function stayOffline(): Promise<void> {
  const service = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!service || !meta("root")) return; // an insecure address, or a page that does not know its site
  const root = new URL(meta("root"), document.baseURI);
  if (!meta("offline")) return leave(service, root);
  listen(service);
  try {
    const registration = await service.register(new URL("sw.js", root), { scope: root.pathname, updateViaCache: "none" });
    watch(registration);
  } catch {
    // The site then needs a network, as before.
  }
}

/** keepTools lets the worker keep compiler and archives, which is a matter of megabytes. */
export async function keepTools(): Promise<void> {
  if (!meta("offline") || !navigator.serviceWorker) return;
  tell((await navigator.serviceWorker.ready).active, { type: "keep" });
}

/** tellOffline says so while there is no network. */
export function tellOffline(): void {
  const show = () => {
    if (navigator.onLine) pageNotices().hide("offline");
    else pageNotices().show("offline", "There is no network. What this browser has kept works on: pages you can open, programs you can run.");
  };
  addEventListener("offline", show);
  addEventListener("online", show);
  if (!navigator.onLine) show();
}

function listen(service: ServiceWorkerContainer): void {
  const controlled = service.controller !== null;
  service.addEventListener("message", ({ data, source }: MessageEvent<ToPage>) => {
    if (data.type === "kept" && !data.failed) document.documentElement.dataset.offline = "ready";
    if (data.type === "ready") ask(service, source as ServiceWorker, controlled);
  });
  service.startMessages();
}

// A worker that waits is told this page's version; it answers when its own is another.
function watch(registration: ServiceWorkerRegistration): void {
  const tellWaiting = () => tell(registration.waiting, { type: "waiting", version: meta("offline") });
  tellWaiting();
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => coming.state === "installed" && tellWaiting());
  });
}

function ask(service: ServiceWorkerContainer, waiting: ServiceWorker, controlled: boolean): void {
  if (!controlled) return;
  pageNotices().show("update", "A new version of this site is ready.", [{
    label: "Load it",
    act: () => {
      service.addEventListener("controllerchange", () => location.reload(), { once: true });
      tell(waiting, { type: "activate" });
    },
  }]);
}

async function leave(service: ServiceWorkerContainer, root: URL): Promise<void> {
  for (const registration of await service.getRegistrations()) {
    if (registration.scope === root.href) await registration.unregister();
  }
}
