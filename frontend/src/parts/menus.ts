// Menus are <details class="lz-pop">: here they close when one looks elsewhere.

export function tameMenus(page: Document): void {
  const open = (): NodeListOf<HTMLDetailsElement> => page.querySelectorAll<HTMLDetailsElement>("details.lz-pop[open]");
  page.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}
