// Another language is another page; the reader stays where he was on it.

const KEY = "lz-place";

export function keepPlace(page: Document): void {
  const stored = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  const [path, share] = (stored ?? "").split(" ");
  if (path === location.pathname) window.scrollTo(0, Number(share) * page.documentElement.scrollHeight);
  page.querySelector(".lz-langs")?.addEventListener("click", () => {
    sessionStorage.setItem(KEY, `${location.pathname} ${window.scrollY / page.documentElement.scrollHeight}`);
  });
}
