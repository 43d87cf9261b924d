// The style page's brands: try the tokens with another hue. The choice holds for this page.

import { choices } from "./appearance.js";

const asked = new URLSearchParams(location.search).get("brand");
if (/^[a-z]{1,20}$/.test(asked ?? "")) document.documentElement.dataset.brand = asked;
choices("brand", "");
