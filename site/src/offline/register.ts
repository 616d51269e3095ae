/** Keeps the site for when there is no network. Call on every page, with the way to the site's folder. */

/** `update` is told when a newer version lies ready, with the act that puts it in place. */
export async function keepOffline(up: string, update: (takeOver: () => void) => void): Promise<void> {
  // The development server has no service worker; some browsers and some addresses allow none.
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const folder = new URL(up, location.href);
  try {
    const registration = await navigator.serviceWorker.register(new URL("offline.js", folder), { scope: folder.pathname });
    const tell = (worker: ServiceWorker | null) => {
      if (!worker || !navigator.serviceWorker.controller) return;
      update(() => {
        navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
        worker.postMessage("take over");
      });
    };
    tell(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const coming = registration.installing;
      coming?.addEventListener("statechange", () => coming.state === "installed" && tell(coming));
    });
  } catch {
    // The site works without it as long as there is a network.
  }
}
