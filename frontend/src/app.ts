// On every page: htmx, and what makes the server's pages a little livelier. All of it is missed by nobody without script.
import htmx from "htmx.org";
import { startClocks } from "./parts/clock";
import { tameMenus } from "./parts/menus";
import { keepPlace } from "./parts/place";

tameMenus(document);
keepPlace(document);
htmx.onLoad((element) => startClocks(element as ParentNode));
