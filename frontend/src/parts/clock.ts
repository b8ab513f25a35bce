// The clock of a hold: the server draws ring, words and end; here they count down.

/** Units of the words, as the server writes them: the largest two that are not zero. */
const UNITS = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]] as const;

interface Hold {
  readonly element: HTMLElement;
  readonly since: number;
  readonly until: number;
  /** Seconds by which this device's clock runs before the server's. */
  readonly ahead: number;
}

const holds = new Set<Hold>();
let ticking: number | undefined;

export function startClocks(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-lz-clock]")) {
    const { since, until, now } = element.dataset;
    holds.add({ element, since: Number(since), until: Number(until), ahead: Date.now() / 1000 - Number(now) });
    element.removeAttribute("data-lz-clock");
  }
  if (holds.size > 0) ticking ??= window.setInterval(tick, 1000);
}

function tick(): void {
  for (const hold of holds) {
    const left = Math.max(0, Math.ceil(hold.until - (Date.now() / 1000 - hold.ahead)));
    show(hold, left);
    if (left === 0 || !hold.element.isConnected) holds.delete(hold);
    if (left === 0) hold.element.dispatchEvent(new CustomEvent("lz:over", { bubbles: true }));
  }
  if (holds.size === 0) {
    window.clearInterval(ticking);
    ticking = undefined;
  }
}

function show({ element, since, until }: Hold, left: number): void {
  const share = (100 * left) / Math.max(1, until - since);
  element.querySelector(".c-left")?.setAttribute("stroke-dasharray", `${share.toFixed(1)} 100`);
  const words = element.querySelector<HTMLElement>("[data-left]");
  if (words === null) return;
  const said = left === 0 ? (words.dataset["over"] ?? "") : (words.dataset["left"] ?? "").replace("{left}", spoken(left));
  if (words.textContent !== said) words.textContent = said;
}

/** 4,210 seconds → “1 hour 10 minutes”; below an hour whole minutes, below a minute seconds. */
function spoken(seconds: number): string {
  const language = document.documentElement.lang;
  const first = UNITS.findIndex(([, size]) => seconds >= size);
  const parts: string[] = [];
  let rest = seconds;
  for (const [unit, size] of UNITS.slice(first, seconds >= 3_600 ? first + 2 : first + 1)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count));
  }
  return parts.join(language.startsWith("zh") ? "" : " ");
}
