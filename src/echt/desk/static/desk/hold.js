// A hold by keyboard: U goes back to the queue, ? shows the keys.

import { listen, showKeys } from "./keys.js";

listen({
  u: () => document.querySelector("a.back").click(),
  "?": showKeys,
});
